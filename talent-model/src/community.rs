//! Communities: facts, zones and assets.

use crate::collection::{Any, List, Map};
use crate::date::Date;
use crate::document::{CommunityKind, ModelVersion};
use crate::id::{AssetId, CommunityId, FactId, ItemId, Line, StageId, Unit, ZoneId};
use crate::macros::{record, words};
use crate::quantity::{Count, NonNegative, Number};
use crate::text::Text;

record! {
    /// A community: its facts, its zones and what it has.
    pub struct Community {
        /// The kind of document.
        kind: CommunityKind,
        /// The version of the data model in which the document is written.
        model: ModelVersion,
        /// Where the document's schema is published. For editors; the engine does not read it.
        schema? = "$schema": Line,
        /// The identifier, the same through all rounds.
        id: CommunityId,
        /// The name.
        name: Text,
        /// What it is.
        description?: Text,
        /// Its type, such as `industry` or `living`, which may select a module of a standard.
        community_type? = "type": ItemId,
        /// What every reader of a result must be told, such as that values are illustrative.
        notice?: Text,
        /// Where it is.
        location?: Location,
        /// Facts about the whole community.
        facts*: Map<FactId, Fact>,
        /// The core work zones and the rings around them. Absent: the community is one zone.
        zones*: List<Zone>,
        /// What the community has: incubators, schools, clinics, policies and so on.
        assets*: List<Asset>,
        /// Members of the author's own, which the engine keeps and does not read.
        extensions*: Map<Line, Any>,
    }
}

record! {
    /// Where a community is.
    pub struct Location {
        /// The country, as an ISO 3166 code.
        country?: Line,
        /// The city or district.
        region?: Text,
        /// The address.
        address?: Text,
        /// The outline as a GeoJSON geometry (RFC 7946), kept as it is.
        geometry?: Any,
    }
}

record! {
    /// One fact; exactly one of `value`, `answer` and `choice`.
    pub struct Fact {
        /// The number.
        value?: Number,
        /// Yes or no.
        answer?: bool,
        /// The choice from a closed list.
        choice?: ItemId,
        /// The unit of the number. Absent: as the standard declares.
        unit?: Unit,
        /// The day for which it holds.
        date?: Date,
        /// Where it comes from.
        source?: Text,
        /// Whether it was made up to show something. Absent: no.
        illustrative?: bool,
    }
}

record! {
    /// One zone of the pan-ecosphere 泛生态圈. The stage belongs to the zone.
    pub struct Zone {
        /// The identifier.
        id: ZoneId,
        /// The name.
        name: Text,
        /// Whether it is a core work zone or lies around one.
        role: ZoneRole,
        /// The order of a ring, outward from 1.
        ring?: Count,
        /// The stage, where no floor areas tell it.
        stage?: StageId,
        /// Planned floor area in square metres.
        planned_floor_area?: NonNegative,
        /// Completed floor area in square metres.
        completed_floor_area?: NonNegative,
        /// Facts about the zone.
        facts*: Map<FactId, Fact>,
        /// The outline as a GeoJSON geometry (RFC 7946), kept as it is.
        geometry?: Any,
        /// Whether it was made up to show something. Absent: no.
        illustrative?: bool,
    }
}

words! {
    /// The part that a zone plays.
    pub enum ZoneRole {
        /// A core work zone 核心工作区.
        Core = "core",
        /// A ring around it 圈层.
        Ring = "ring",
    }

    /// The type of an asset.
    pub enum AssetType {
        /// A nursery for ideas 苗圃.
        Nursery = "nursery",
        /// An incubator 孵化器.
        Incubator = "incubator",
        /// An accelerator 加速器.
        Accelerator = "accelerator",
        /// An industrial park 产业园.
        IndustrialPark = "industrial_park",
        /// A research platform 研发平台.
        ResearchPlatform = "research_platform",
        /// A technology transfer platform 转化平台.
        TransferPlatform = "transfer_platform",
        /// A market platform 市场平台.
        MarketPlatform = "market_platform",
        /// A fund 基金.
        Fund = "fund",
        /// A kindergarten 幼儿园.
        Kindergarten = "kindergarten",
        /// A school 学校.
        School = "school",
        /// A university 大学.
        University = "university",
        /// A hospital 医院.
        Hospital = "hospital",
        /// A clinic 诊所.
        Clinic = "clinic",
        /// Talent housing 人才住房.
        TalentHousing = "talent_housing",
        /// A service counter 服务窗口.
        ServiceCounter = "service_counter",
        /// A policy 政策.
        Policy = "policy",
        /// A cultural facility 文化设施.
        CulturalFacility = "cultural_facility",
        /// A sports facility 体育设施.
        SportsFacility = "sports_facility",
        /// A transport hub 交通枢纽.
        TransportHub = "transport_hub",
        /// Anything else.
        Other = "other",
    }

    /// The function of a talent policy.
    pub enum PolicyFunction {
        /// 引进.
        Introduce = "introduce",
        /// 使用.
        Use = "use",
        /// 培养.
        Train = "train",
        /// 评价.
        Evaluate = "evaluate",
        /// 流动.
        Move = "move",
        /// 激励.
        Motivate = "motivate",
        /// 服务.
        Serve = "serve",
        /// 保障.
        Secure = "secure",
    }
}

record! {
    /// Something that the community has.
    pub struct Asset {
        /// The identifier.
        id: AssetId,
        /// The type.
        asset_type = "type": AssetType,
        /// The name.
        name: Text,
        /// The zone in which it lies.
        zone?: ZoneId,
        /// The functions of a policy.
        functions*: List<PolicyFunction>,
        /// When it opened.
        opened?: Date,
        /// When it closed.
        closed?: Date,
        /// From when a policy is in force.
        valid_from?: Date,
        /// Until when it is in force.
        valid_until?: Date,
        /// How much it holds.
        capacity?: NonNegative,
        /// The unit of the capacity.
        unit?: Unit,
        /// Who runs or issued it.
        issuer?: Text,
        /// Where more can be found.
        uri?: Line,
        /// Whether it was made up to show something. Absent: no.
        illustrative?: bool,
    }
}
