/* The tables of settings: the whole file, families, couple, incidents, police. Order as in params/baseline.cfg. */
#include "schema_tables.h"

#define S pw_spec_t

static const pw_field_t area_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_area_spec_t, is.name), .meaning = "what the area is called" },
    PW_ROW_SETTING("families_per_month", PW_UNIT_PER_MONTH, 0.0, 100000.0, 0.0, pw_area_spec_t, families_per_month,
                   "how many families enter in a month, at day 0"),
};
static PW_SCHEMA_LIST(areas, "area", area_fields, pw_area_spec_t, PW_MAX_AREAS);

static const pw_field_t time_fields[] = {
    PW_ROW_FIXED("warm_up_months", PW_UNIT_COUNT, 0.0, 600.0, PW_REQUIRED, S, time.warm_up_months, "months before anything is counted"),
    PW_ROW_FIXED("intake_months", PW_UNIT_COUNT, 0.0, 120.0, PW_REQUIRED, S, time.intake_months, "months in which a first notification is an index"),
    PW_ROW_FIXED("follow_up_months", PW_UNIT_COUNT, 1.0, 120.0, PW_REQUIRED, S, time.follow_up_months, "months that each family is followed from its index"),
    PW_ROW_FIXED("growth_percent_per_year", PW_UNIT_NUMBER, -10.0, 10.0, 0.0, S, time.growth_percent_per_year, "how entries grow"),
    PW_ROW_FIXED("closed_cohort", PW_UNIT_COUNT, 0.0, 1000000.0, 0.0, S, time.closed_cohort, "this many families at day 0 and no others; 0: entries all along"),
};
static PW_SCHEMA_GROUP(times, "time", time_fields);

static const pw_field_t money_fields[] = {
    PW_ROW_FIXED("price_year", PW_UNIT_COUNT, 1990.0, 2100.0, 2016.0, S, money.price_year, "the year in whose prices the money is told"),
    PW_ROW_FIXED("discount_percent", PW_UNIT_NUMBER, 0.0, 50.0, 3.5, S, money.discount_percent, "a year, from each family's index"),
};
static PW_SCHEMA_GROUP(money, "money", money_fields);

static const pw_field_t attribute_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_attribute_spec_t, is.name), .meaning = "what the attribute is called" },
    PW_ROW_BITS("given", PW_ALLOW_ATTRIBUTES, pw_attribute_spec_t, given, "earlier attributes that the family must have"),
    PW_ROW_BITS("given_not", PW_ALLOW_ATTRIBUTES, pw_attribute_spec_t, given_not, "earlier attributes that it must not have"),
    PW_ROW_CHANCE_HERE("percent", PW_UNIT_PERCENT, 100.0, PW_REQUIRED, pw_attribute_spec_t, chance, PW_PLACE_ENTRY, PW_ALLOW_ATTRIBUTES,
                       "how many families have it (of those that can)"),
    PW_ROW_FLAG("redrawn_at_separation", 0.0, pw_attribute_spec_t, redrawn_at_separation, "drawn anew at each separation"),
    { .key = "stage", .kind = PW_FIELD_STAGE_OR_CHOICE, .otherwise = -1.0, .at = offsetof(pw_attribute_spec_t, open_stage),
      .also = offsetof(pw_attribute_spec_t, open_choice), .place = PW_PLACE_ENTRY, .allows = PW_ALLOW_ATTRIBUTES, .schema = &pw_schema_exits,
      .meaning = "a family that has it enters with a case open in this stage, or in one of these" },
};
static PW_SCHEMA_LIST(attributes, "attribute", attribute_fields, pw_attribute_spec_t, PW_MAX_ATTRIBUTES);

static const pw_field_t youngest_fields[] = {
    PW_ROW_NUMBERS("from_years", PW_UNIT_YEARS, 0.0, 25.0, S, youngest_child.from_years, "where each band of ages begins, and where the last ends"),
    PW_ROW_NUMBERS("percent", PW_UNIT_PERCENT, 0.0, 100.0, S, youngest_child.percent, "how many families have their youngest child in each band"),
};
static PW_SCHEMA_GROUP(youngest_child, "youngest_child", youngest_fields);

static const pw_field_t children_fields[] = {
    PW_ROW_NUMBERS("percent", PW_UNIT_PERCENT, 0.0, 100.0, S, children.percent, "how many families have one, two, three ... children"),
};
static PW_SCHEMA_GROUP(children, "children", children_fields);

static const pw_field_t leaving_fields[] = {
    PW_ROW_CHANCE("moves_away", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, leaving.moves_away, PW_PLACE_TIME, PW_ALLOW_RATE, "how often a family leaves the area"),
    PW_ROW_CHANCE("births", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, leaving.births, PW_PLACE_TIME, PW_ALLOW_RATE, "how often a child is born"),
    PW_ROW_FIXED("adult_at_years", PW_UNIT_YEARS, 1.0, 25.0, 18.0, S, leaving.adult_at_years, "the family leaves when its youngest child is as old"),
};
static PW_SCHEMA_GROUP(leaving, "leaving", leaving_fields);

static const pw_field_t report_fields[] = {
    PW_ROW_CHANCE("when_it_happens", PW_UNIT_PERCENT, 100.0, 0.0, S, couple.reports_separation.when_it_happens, PW_PLACE_TIME, PW_ALLOW_STATE,
                  "chance that a separation during a case is told to social services"),
    PW_ROW_CHANCE("at_stage_entry", PW_UNIT_PERCENT, 100.0, 0.0, S, couple.reports_separation.at_stage_entry, PW_PLACE_ENGAGEMENT, PW_ALLOW_STATE,
                  "chance that a couple that is separated says so when staff start to work with it"),
    PW_ROW_CHANCE("false_reports", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, couple.reports_separation.false_reports, PW_PLACE_TIME, PW_ALLOW_RATE,
                  "how often a couple that is together says that it has separated"),
};
static PW_SCHEMA_GROUP(reports_separation, "reports_separation", report_fields);

static const pw_field_t couple_fields[] = {
    PW_ROW_CHANCE("separates", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, couple.separates, PW_PLACE_TIME, PW_ALLOW_RATE, "how often a couple separates"),
    PW_ROW_CHANCE("reunites", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, couple.reunites, PW_PLACE_TIME, PW_ALLOW_RATE, "how often a separated couple reunites"),
    PW_ROW_FIXED("recently_days", PW_UNIT_DAYS, 1.0, 3653.0, 182.0, S, couple.recently_days, "how long `separated_recently` lasts"),
    PW_ROW_GROUP("reports_separation", reports_separation, 0, "what social services are told of it"),
};
static PW_SCHEMA_GROUP(couple, "couple", couple_fields);

#define ENGAGING (PW_ALLOW_STATE | PW_ALLOW_COUNTS)
static const pw_field_t engagement_fields[] = {
    PW_ROW_CHANCE("victim_engages", PW_UNIT_PERCENT, 100.0, 0.0, S, engagement.victim_engages, PW_PLACE_ENGAGEMENT, ENGAGING, "chance that the victim engages"),
    PW_ROW_CHANCE("partner_approached", PW_UNIT_PERCENT, 100.0, 0.0, S, engagement.partner_approached, PW_PLACE_ENGAGEMENT,
                  ENGAGING | PW_ALLOW_WORKLOAD, "chance that staff approach the partner"),
    PW_ROW_CHANCE("partner_engages", PW_UNIT_PERCENT, 100.0, 0.0, S, engagement.partner_engages, PW_PLACE_ENGAGEMENT, ENGAGING,
                  "chance that a partner who is approached engages"),
    PW_ROW_CHANCE("victim_disengages", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, engagement.victim_disengages, PW_PLACE_TIME, PW_ALLOW_RATE,
                  "how often an engaged victim ends it"),
    PW_ROW_CHANCE("partner_disengages", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, engagement.partner_disengages, PW_PLACE_TIME, PW_ALLOW_RATE,
                  "how often an engaged partner ends it"),
};
static PW_SCHEMA_GROUP(engagement, "engagement", engagement_fields);

static const pw_field_t severity_fields[] = {
    PW_ROW_WORD("to", true, pw_words_severity, -1.0, pw_exit_spec_t, to, "no_injury, injury or severe_injury"),
    PW_ROW_CHANCE_HERE("percent", PW_UNIT_SHARE, 100.0, PW_REQUIRED, pw_exit_spec_t, weight, PW_PLACE_INCIDENT, PW_ALLOW_STATE, "its share, or \"remainder\""),
};
static PW_SCHEMA_LIST(severity, "severity", severity_fields, pw_exit_spec_t, 3);

/* An incident is drawn in the order severity, setting, child present, child injured, reported: each may name what comes before it. */
static const pw_field_t incident_fields[] = {
    PW_ROW_CHANCE_HERE("per_year", PW_UNIT_PER_YEAR, 100.0, PW_REQUIRED, S, incidents.rate, PW_PLACE_TIME, PW_ALLOW_RATE,
                       "an average family's expected number in its first year"),
    PW_ROW_SETTING("shape", PW_UNIT_NUMBER, 0.5, 1.5, 1.0, S, incidents.shape,
                   "1: no memory beyond the family's own rate; below 1: the first days are likelier"),
    PW_ROW_SETTING("frailty_variance", PW_UNIT_NUMBER, 0.0, 20.0, 0.0, S, incidents.frailty_variance,
                   "how unequal the families' rates are at entry (their mean is 1)"),
    PW_ROW_SETTING("severity_spread", PW_UNIT_NUMBER, 0.0, 5.0, 0.0, S, incidents.severity_spread,
                   "standard deviation of the log weight of injury between families"),
    PW_ROW_SETTING("frailty_correlation", PW_UNIT_NUMBER, -0.99, 0.99, 0.0, S, incidents.frailty_correlation,
                   "between the two frailties (of their normal scores)"),
    PW_ROW_NUMBERS("percent_by_month", PW_UNIT_PERCENT, 0.0, 100.0, S, incidents.percent_by_month,
                   "how a year's incidents spread over its months, January first"),
    PW_ROW_LIST("severity", severity, S, incidents.severity, "how severe an incident is"),
    PW_ROW_CHANCE("at_contact", PW_UNIT_PERCENT, 100.0, 0.0, S, incidents.at_contact, PW_PLACE_INCIDENT, PW_ALLOW_STATE | PW_ALLOW_ONLY_IF,
                  "chance that it happens in the setting of child contact"),
    PW_ROW_CHANCE("child_present", PW_UNIT_PERCENT, 100.0, 0.0, S, incidents.child_present, PW_PLACE_INCIDENT,
                  PW_ALLOW_STATE | PW_ALLOW_SEVERITY | PW_ALLOW_CONTACT,
                  "chance that a child is present"),
    PW_ROW_CHANCE("child_injured", PW_UNIT_PERCENT, 100.0, 0.0, S, incidents.child_injured, PW_PLACE_INCIDENT,
                  PW_ALLOW_STATE | PW_ALLOW_SEVERITY | PW_ALLOW_CONTACT | PW_ALLOW_PRESENT | PW_ALLOW_ONLY_IF, "chance that a child is injured"),
    PW_ROW_CHANCE("reported", PW_UNIT_PERCENT, 100.0, 100.0, S, incidents.reported, PW_PLACE_INCIDENT, PW_ALLOW_STATE | PW_ALLOW_INCIDENT,
                  "chance that it is reported to police; 100 if not given"),
    PW_ROW_LIST("costs", pw_schema_costs, S, incidents.costs, "what each incident costs"),
    PW_ROW_LIST("injury_costs", pw_schema_costs, S, incidents.injury_costs, "what each incident with an injury costs on top"),
};
static PW_SCHEMA_GROUP(incidents, "incidents", incident_fields);

static const pw_field_t police_fields[] = {
    PW_ROW_NAME("sees", false, PW_THING_FORM, S, police.sees, "the form that police decide on; not given: they see everything as it is"),
    PW_ROW_CHANCE("removes_partner", PW_UNIT_PERCENT, 100.0, 0.0, S, police.removes_partner, PW_PLACE_POLICE, PW_ALLOW_STATE | PW_ALLOW_INCIDENT,
                  "chance that police remove the partner"),
    PW_ROW_SETTING("removed_days", PW_UNIT_DAYS, 0.0, 3653.0, 28.0, S, police.removed_days, "how long `partner_removed` lasts"),
    PW_ROW_LIST("effects", pw_schema_effects, S, police.effects, "what a removal does"),
    PW_ROW_CHANCE("speaks_to_child", PW_UNIT_PERCENT, 100.0, 0.0, S, police.speaks_to_child, PW_PLACE_POLICE,
                  PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_ONLY_IF, "chance that police speak to a child"),
    PW_ROW_CHANCE("notifies", PW_UNIT_PERCENT, 100.0, 100.0, S, police.notifies, PW_PLACE_POLICE,
                  PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_COUNTS | PW_ALLOW_SCORE,
                  "chance that police notify social services; 100 if not given"),
    PW_ROW_LENGTH("delay", false, S, police.delay, "from the incident to the notification's arrival"),
    PW_ROW_LIST("costs", pw_schema_costs, S, police.costs, "what each attendance costs"),
};
static PW_SCHEMA_GROUP(police, "police", police_fields);

static const pw_field_t risk_fields[] = {
    PW_ROW_FIXED("centre", PW_UNIT_NUMBER, -1000.0, 1000.0, 0.0, S, risk.centre, "the mean log risk in the baseline's cohort"),
    PW_ROW_FIXED("scale", PW_UNIT_NUMBER, 1e-6, 1000.0, 1.0, S, risk.scale, "its standard deviation"),
    PW_ROW_NUMBERS("auc", PW_UNIT_NUMBER, 0.5, 1.0, S, risk.auc, "areas under the ROC curve, rising; the last is that of the true risk"),
    PW_ROW_NUMBERS("noise_sd", PW_UNIT_NUMBER, 0.0, 1000.0, S, risk.noise_sd, "the noise on the log risk that gives a score each of these areas"),
};
static PW_SCHEMA_GROUP(risk, "risk", risk_fields);

static const pw_field_t form_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_form_spec_t, is.name), .meaning = "what the form is called" },
    PW_ROW_SETTING("risk_auc", PW_UNIT_NUMBER, 0.5, 0.99, 0.0, pw_form_spec_t, risk_auc,
                   "how well its risk score tells a severe incident in the next 12 months"),
    { .key = "sees_percent", .kind = PW_FIELD_SEES, .unit = PW_UNIT_PERCENT, .high = 100.0, .at = offsetof(pw_form_spec_t, sees),
      .meaning = "chance that what is so is recorded" },
    { .key = "invents_percent", .kind = PW_FIELD_SEES, .unit = PW_UNIT_PERCENT, .high = 100.0, .at = offsetof(pw_form_spec_t, invents),
      .meaning = "chance that what is not so is recorded" },
};
static PW_SCHEMA_LIST(information, "form", form_fields, pw_form_spec_t, PW_MAX_FORMS);

static const pw_field_t root_fields[] = {
    PW_ROW_FIXED("schema", PW_UNIT_COUNT, 1.0, 1.0, PW_REQUIRED, S, schema, "the version of this grammar: 1"),
    PW_ROW_TEXT("name", S, given_name, "a short name for tables; else the file's"),
    PW_ROW_TEXT("title", S, title, "one line for readers"),
    PW_ROW_TEXT("rationale", S, rationale, "why this policy"),
    PW_ROW_TEXT("source", S, source, "who proposes it"),
    PW_ROW_ELSEWHERE("base", NULL, "of a scenario: the file that it changes, in quotes, seen from its own folder"),
    PW_ROW_ELSEWHERE("combine", NULL, "of a scenario: other scenarios on the same base, (\"one.cfg\", \"two.cfg\"), laid over it first"),
    PW_ROW_FIXED("from_month", PW_UNIT_MONTHS, 0.0, 600.0, 0.0, S, from_month, "of a scenario: the month in which its places and new services start"),
    PW_ROW_ELSEWHERE("sources", &pw_schema_sources, "where estimates come from"),
    PW_ROW_ELSEWHERE("evidence", &pw_schema_estimates, "the estimates: uncertain numbers, each with its interval, source and grade"),
    PW_ROW_ELSEWHERE("deflators", &pw_schema_deflators, "what brings money of one year to another"),
    PW_ROW_ELSEWHERE("centres", NULL, "averages of the covariates, made by `pathways centres`: nobody writes them by hand"),
    PW_ROW_GROUP("risk", risk, offsetof(S, risk.node), "how the risk score is made"),
    { .key = "areas", .kind = PW_FIELD_LIST, .required = true, .schema = &areas, .at = offsetof(S, areas),
      .meaning = "places with their own police practice, teams and services" },
    { .key = "time", .kind = PW_FIELD_GROUP, .required = true, .schema = &times, .meaning = "how long things are simulated" },
    PW_ROW_GROUP("money", money, 0, "prices and discounting"),
    PW_ROW_LIST("attributes", attributes, S, attributes, "what a family has or has not"),
    PW_ROW_GROUP("youngest_child", youngest_child, 0, "the age of the youngest child at entry"),
    PW_ROW_GROUP("children", children, 0, "the number of children"),
    PW_ROW_GROUP("leaving", leaving, 0, "how families leave"),
    PW_ROW_GROUP("couple", couple, offsetof(S, couple.node), "separating and reuniting"),
    PW_ROW_GROUP("engagement", engagement, 0, "whether victim and partner engage"),
    { .key = "incidents", .kind = PW_FIELD_GROUP, .required = true, .schema = &incidents, .meaning = "how often, how severe, who sees them" },
    PW_ROW_GROUP("police", police, 0, "what police do"),
    PW_ROW_CHANCE("other_referrals", PW_UNIT_PER_YEAR, 1000.0, 0.0, S, other_referrals, PW_PLACE_TIME, PW_ALLOW_RATE, "how often others refer a family"),
    PW_ROW_FIXED("previous_notifications_cap", PW_UNIT_COUNT, 1.0, 1000.0, 5.0, S, previous_notifications_cap, "`previous_notifications` counts no further"),
    PW_ROW_LIST("information", information, S, information, "what the kinds of form record"),
    PW_ROW_LIST("teams", pw_schema_teams, S, teams, "workers, in places of caseload"),
    PW_ROW_LIST("stages", pw_schema_stages, S, stages, "the pathway"),
    PW_ROW_LIST("services", pw_schema_services, S, services, "what is offered beside the pathway"),
};
PW_SCHEMA_GROUP(pw_schema_root, "the file", root_fields);
