// Documents read in TypeScript with types that are generated from the schemas: `types.mjs` generates and compiles them in strict mode, and runs this.
import type { Assessment } from "./generated/assessment";
import type { Community } from "./generated/community";
import type { Category, Indicator, Rule, Standard } from "./generated/standard";
import type { Submission } from "./generated/submission";

/** How many observations there are in each state. */
export function states(submission: Submission): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { state = "reported" } of submission.observations) counted.set(state, (counted.get(state) ?? 0) + 1);
  return counted;
}

/** The planned floor area of the core zones, in square metres. */
export function coreArea(community: Community): number {
  const core = (community.zones ?? []).filter((zone) => zone.role === "core");
  return core.reduce((sum, zone) => sum + (zone.planned_floor_area ?? 0), 0);
}

function indicatorsOf(category: Category): Indicator[] {
  return [...(category.indicators ?? []), ...(category.categories ?? []).flatMap(indicatorsOf)];
}

/** Every indicator of a standard with how many thresholds its rules have. */
export function thresholds(standard: Standard): Map<string, number> {
  const indicators = standard.scenarios.flatMap(indicatorsOf);
  return new Map(indicators.map((indicator) => [indicator.id, indicator.criteria.reduce((sum, { rule }) => sum + edges(rule), 0)]));
}

function edges(rule: Rule): number {
  switch (rule.type) {
    case "piecewise":
    case "checklist":
      return rule.points?.length ?? 0;
    case "steps":
      return rule.steps?.length ?? 0;
    case "levels":
      return rule.scores?.length ?? 0;
    case "yes_no":
      return 2;
  }
}

/** The total between its bounds. */
export function total(assessment: Assessment): [low: number, score: number | undefined, high: number] {
  const { low, score, high } = assessment.total;
  return [low, score, high];
}

/** What the types refuse. Each line would fail to compile without the word above it, and the word without the mistake. */
export function refused(submission: Submission, standard: Standard): unknown[] {
  return [
    // @ts-expect-error a member that does not exist
    submission.observation,
    // @ts-expect-error a word that is not in the list
    submission.observations[0]?.state === "unknown",
    // @ts-expect-error a text is a map of languages
    standard.title.toUpperCase(),
    // @ts-expect-error what may be absent is not read as if it were there
    submission.community.id,
  ];
}
