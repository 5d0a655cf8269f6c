//! Taming outliers: one treatment per file.
//!
//! A column has outliers when its skewness is beyond 2 and its kurtosis above 3.5, both at once. Source: OECD/JRC, Handbook (2008), section 3 and the JRC's audits, which treat with
//! winsorisation up to five values and with the logarithm beyond that.

mod box_cox;
mod log;
mod quantiles;
mod winsorise;

use talent_model::Bilingual;
use talent_model::index::{Treat, Treatment};
use talent_model::quantity::{Number, Positive};

use super::stats::{kurtosis, skewness};
use super::trouble::Trouble;

/// The limits of an undisturbed distribution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) skewness: f64,
    pub(crate) kurtosis: f64,
}

impl Limits {
    pub(crate) fn of(treat: &Treat) -> Self {
        Self { skewness: treat.skewness.map_or(2.0, Positive::get), kurtosis: treat.kurtosis.map_or(3.5, Number::get) }
    }

    /// Whether a column has outliers. One that is too short to tell, or does not vary, has none.
    pub(crate) fn exceeded(self, values: &[f64]) -> bool {
        skewness(values).abs() > self.skewness && kurtosis(values) > self.kurtosis
    }
}

/// A column after treatment.
#[derive(Debug)]
pub(crate) enum Treated {
    /// It had no outliers.
    Untouched,
    /// Its new values.
    Changed(Vec<f64>),
    /// It still has outliers, and keeps its values.
    Failed(Bilingual),
}

/// Treats one column.
pub(crate) fn treat(treat: &Treat, values: &[f64]) -> Result<Treated, Trouble> {
    let limits = Limits::of(treat);
    let always = treat.always == Some(true);
    if !always && !limits.exceeded(values) {
        return Ok(Treated::Untouched);
    }
    let changed = match &treat.how {
        Treatment::Winsorise(winsorise) => return Ok(winsorise::treat(winsorise, limits, values)),
        Treatment::Log(_) => log::treat(values),
        Treatment::BoxCox(box_cox) => box_cox::treat(box_cox, values)?,
        Treatment::Quantiles(quantiles) => quantiles::treat(quantiles, values)?,
    };
    if !always && limits.exceeded(&changed) {
        return Ok(Treated::Failed(Bilingual { en: "the treatment was not enough", zh: "该处理不足以消除异常值" }));
    }
    Ok(Treated::Changed(changed))
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn with(how: &str, values: &[f64]) -> Result<Treated, Trouble> {
        let step: Treat = serde_json::from_str(how).unwrap_or_else(|error| panic!("{error}"));
        treat(&step, values)
    }

    /// One value far above nine others.
    const LONER: [f64; 10] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0];

    #[test]
    fn winsorisation_ends_when_the_rule_no_longer_finds_outliers() {
        let Ok(Treated::Changed(values)) = with(r#"{"how": {"type": "winsorise"}}"#, &LONER) else { panic!("treated") };
        assert_eq!(values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.0]);
        let mirrored = LONER.map(|x| -x);
        let Ok(Treated::Changed(values)) = with(r#"{"how": {"type": "winsorise"}}"#, &mirrored) else { panic!("treated") };
        assert_eq!(values.last(), Some(&-9.0));
        assert!(matches!(with(r#"{"how": {"type": "winsorise"}}"#, &[1.0, 2.0, 3.0, 4.0]), Ok(Treated::Untouched)));
        assert!(matches!(with(r#"{"how": {"type": "winsorise", "most": 0}}"#, &LONER), Ok(Treated::Failed(_))));
    }

    #[test]
    fn the_logarithm_keeps_the_order_in_both_directions() {
        for values in [LONER, LONER.map(|x| -x)] {
            let Ok(Treated::Changed(after)) = with(r#"{"how": {"type": "log"}, "always": true}"#, &values) else { panic!("treated") };
            let order = |v: &[f64]| crate::index::stats::mean_ranks(v);
            assert_eq!(order(&after), order(&values));
            assert!(skewness(&after).abs() < skewness(&values).abs());
        }
    }

    #[test]
    fn the_exponent_of_greatest_likelihood_makes_exponentials_normal() {
        let values: Vec<f64> = (1..=40).map(|i| libm::exp(f64::from(i) / 8.0 - 2.5)).collect();
        let Ok(Treated::Changed(after)) = with(r#"{"how": {"type": "box_cox"}, "always": true}"#, &values) else { panic!("treated") };
        assert!(skewness(&after).abs() < 0.05, "{}", skewness(&after));
        assert!(matches!(with(r#"{"how": {"type": "box_cox"}, "always": true}"#, &[0.0, 1.0, 2.0]), Err(Trouble::NotPositive { .. })));
    }

    #[test]
    fn values_beyond_quantiles_are_set_to_them() {
        let Ok(Treated::Changed(after)) = with(r#"{"how": {"type": "quantiles", "low": 0, "high": 0.5}, "always": true}"#, &[1.0, 2.0, 9.0]) else {
            panic!("treated")
        };
        assert_eq!(after, [1.0, 2.0, 2.0]);
        assert!(with(r#"{"how": {"type": "quantiles", "low": 0.9, "high": 0.5}, "always": true}"#, &[1.0, 2.0, 9.0]).is_err());
    }
}
