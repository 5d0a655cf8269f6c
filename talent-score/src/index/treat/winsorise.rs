//! Winsorisation: the most extreme values are set to the next one until skewness or kurtosis is within its limit.

use talent_model::Bilingual;
use talent_model::index::Winsorise;
use talent_model::quantity::Count;

use super::{Limits, Treated};
use crate::index::stats::{count, extremes, skewness};

pub(crate) fn treat(winsorise: &Winsorise, limits: Limits, values: &[f64]) -> Treated {
    let most = winsorise.most.map_or(5.0, Count::get);
    let mut values = values.to_vec();
    // Values once changed are at the edge ever after, and are not counted twice.
    let mut changed: Vec<bool> = vec![false; values.len()];
    let mut any = false;
    while limits.exceeded(&values) {
        let (low, high) = extremes(&values);
        let upper = skewness(&values) > 0.0;
        let edge = if upper { high } else { low };
        let inner = values.iter().filter(|x| !x.is_nan() && **x != edge);
        let next = if upper { inner.fold(f64::NEG_INFINITY, |m, x| m.max(*x)) } else { inner.fold(f64::INFINITY, |m, x| m.min(*x)) };
        for (x, changed) in values.iter_mut().zip(&mut changed).filter(|(x, _)| **x == edge) {
            *x = next;
            *changed = true;
        }
        any = true;
        if count(changed.iter().filter(|changed| **changed).count()) > most {
            return Treated::Failed(Bilingual { en: "more values than allowed would have to change", zh: "需要修改的值超过允许的个数" });
        }
    }
    if any { Treated::Changed(values) } else { Treated::Untouched }
}
