//! Values beyond two quantiles are set to those. Source: OECD/JRC, Handbook (2008), section 5 (trimming of the tails).

use talent_model::index::Quantiles;
use talent_model::quantity::Share;

use crate::index::stats::{quantile, sorted};
use crate::index::trouble::Trouble;

pub(crate) fn treat(quantiles: &Quantiles, values: &[f64]) -> Result<Vec<f64>, Trouble> {
    let (low, high) = (quantiles.low.map_or(0.025, Share::get), quantiles.high.map_or(0.975, Share::get));
    if low >= high {
        return Err(Trouble::parameter("low", low, "a share below `high`", "小于 `high` 的份额"));
    }
    let sorted = sorted(values);
    let (floor, ceiling) = (quantile(&sorted, low), quantile(&sorted, high));
    Ok(values.iter().map(|x| if x.is_nan() { *x } else { x.clamp(floor, ceiling) }).collect())
}
