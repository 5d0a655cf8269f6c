//! The method with every default stated, so that a result says what was done and can be replayed under any later version.

use talent_model::index::{
    AhpMethod, Combination, Correlation, Deviation, Imputation, IndexMethod, MethodStep, Normalisation, PairedIndex, Penalty, TopsisScale, Treatment,
    Weighting,
};
use talent_model::quantity::{Count, Number, Positive, Share};

fn default<T>(member: &mut Option<T>, value: Option<T>) {
    if member.is_none() {
        *member = value;
    }
}

fn normalisation(how: &mut Normalisation) {
    match how {
        Normalisation::MinMax(range) | Normalisation::Goalposts(range) => {
            default(&mut range.low, Number::new(0.0));
            default(&mut range.high, Number::new(100.0));
        }
        Normalisation::ZScore(to) => {
            default(&mut to.mean, Number::new(0.0));
            default(&mut to.deviation, Positive::new(1.0));
        }
        Normalisation::AroundReference(around) => {
            default(&mut around.low, Number::new(70.0));
            default(&mut around.high, Number::new(130.0));
        }
        _ => {}
    }
}

fn combination(how: &mut Combination) {
    match how {
        Combination::Mpi(mpi) | Combination::Ampi(mpi) => {
            default(&mut mpi.penalty, Some(Penalty::Down));
            default(&mut mpi.deviation, Some(Deviation::Population));
        }
        Combination::BenefitOfTheDoubt(doubt) => {
            default(&mut doubt.least, Share::new(0.0));
            default(&mut doubt.most, Share::new(1.0));
        }
        Combination::Topsis(topsis) => default(&mut topsis.scale, Some(TopsisScale::Vector)),
        Combination::Vikor(vikor) => default(&mut vikor.v, Share::new(0.5)),
        _ => {}
    }
}

fn step(step: &mut MethodStep) {
    match step {
        MethodStep::Screen(_) | MethodStep::Rank(_) => {}
        MethodStep::Denominate(denominate) => default(&mut denominate.multiple, Positive::new(1.0)),
        MethodStep::Impute(impute) => match &mut impute.how {
            Imputation::Knn(knn) => default(&mut knn.neighbours, Count::new(5.0)),
            Imputation::Em(em) => {
                default(&mut em.rounds, Count::new(200.0));
                default(&mut em.tolerance, Positive::new(1e-8));
            }
            Imputation::Mean(_) | Imputation::Median(_) | Imputation::Regression(_) => {}
        },
        MethodStep::Treat(treat) => {
            default(&mut treat.skewness, Positive::new(2.0));
            default(&mut treat.kurtosis, Number::new(3.5));
            default(&mut treat.always, Some(false));
            match &mut treat.how {
                Treatment::Winsorise(winsorise) => default(&mut winsorise.most, Count::new(5.0)),
                Treatment::Quantiles(quantiles) => {
                    default(&mut quantiles.low, Share::new(0.025));
                    default(&mut quantiles.high, Share::new(0.975));
                }
                // The exponent of Box–Cox is the data's own, and differs between indicators.
                Treatment::Log(_) | Treatment::BoxCox(_) => {}
            }
        }
        MethodStep::Normalise(normalise) => {
            normalisation(&mut normalise.how);
            if !normalise.each.is_empty() {
                normalise.each = normalise
                    .each
                    .iter()
                    .map(|(code, how)| (code.clone(), how.clone()))
                    .map(|(code, mut how)| {
                        normalisation(&mut how);
                        (code, how)
                    })
                    .collect();
            }
        }
        MethodStep::Weigh(weigh) => match &mut weigh.how {
            Weighting::Budget(budget) => default(&mut budget.points, Positive::new(100.0)),
            Weighting::Ahp(ahp) => {
                default(&mut ahp.method, Some(AhpMethod::Eigenvector));
                default(&mut ahp.random_index, Some(PairedIndex::Saaty));
            }
            Weighting::Critic(critic) => default(&mut critic.correlation, Some(Correlation::Pearson)),
            _ => {}
        },
        MethodStep::Aggregate(aggregate) => {
            combination(&mut aggregate.how);
            if !aggregate.each.is_empty() {
                aggregate.each = aggregate
                    .each
                    .iter()
                    .map(|(code, how)| (code.clone(), how.clone()))
                    .map(|(code, mut how)| {
                        combination(&mut how);
                        (code, how)
                    })
                    .collect();
            }
        }
    }
}

/// The method with every default stated.
pub(crate) fn resolved(method: &IndexMethod) -> IndexMethod {
    let steps = method.steps.iter().cloned().map(|mut one| {
        step(&mut one);
        one
    });
    IndexMethod { steps: steps.collect() }
}
