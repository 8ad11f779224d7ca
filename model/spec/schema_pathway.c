/* The tables of settings: the pathway, teams, services, effects, costs; and the lists of words. */
#include "schema_tables.h"

#define WORDS(name, ...)                                     \
    static const char *const name##_list[] = { __VA_ARGS__ }; \
    const pw_words_t pw_words_##name = { PW_LENGTH_OF(name##_list), name##_list }

/* Each in the order of its enum in world/model.h. */
WORDS(payer, "social_care", "police", "specialist_services", "health", "wider_society");
WORDS(money, "cashable", "capacity", "social_value");
WORDS(on, "incident_rate", "severity", "reporting", "separation", "victim_engagement", "partner_engagement", "partner_approach", "child_presence");
WORDS(during, "attending", "after_completion", "after_dropout", "always");
WORDS(event, "incident", "notification", "separation_reported", "reunited", "partner_disengaged", "victim_disengaged");
WORDS(counts_as, "step", "screening", "no_further_action", "letter", "signposted", "initial_assessment", "core_assessment", "family_support",
      "child_protection", "monitoring", "looked_after", "closed");
WORDS(attends, "family", "victim", "partner", "child");
WORDS(severity, "no_injury", "injury", "severe_injury");
WORDS(setting, "any", "contact");
const char *const pw_thing_names[PW_THINGS] = { "area", "attribute", "form", "team", "stage", "service" };

#define SEEN (PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_SPOKEN | PW_ALLOW_COUNTS)

static const pw_field_t effect_fields[] = {
    PW_ROW_WORD("on", true, pw_words_on, -1.0, pw_effect_spec_t, on, "what it changes"),
    PW_ROW_SETTING("ratio", PW_UNIT_RATIO, 0.001, 1000.0, PW_REQUIRED, pw_effect_spec_t, ratio, "by how much: hazard, weight or odds are multiplied"),
    PW_ROW_WORD("during", true, pw_words_during, -1.0, pw_effect_spec_t, during, "when it acts"),
    PW_ROW_SETTING("lasts_days", PW_UNIT_DAYS, 1.0, 36525.0, 0.0, pw_effect_spec_t, lasts_days, "how long it acts once started"),
    PW_ROW_WORD("only_setting", false, pw_words_setting, 0.0, pw_effect_spec_t, only_setting, "contact: on incidents in the setting of child contact only"),
    PW_ROW_BITS("only_if", PW_ALLOW_STATE, pw_effect_spec_t, only_if, "it acts only while all of these hold"),
};
PW_SCHEMA_LIST(pw_schema_effects, "effect", effect_fields, pw_effect_spec_t, PW_MAX_EFFECTS);

static const pw_field_t cost_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .at = offsetof(pw_cost_spec_t, is.name),
      .meaning = "what the cost is for; only needed for a second cost of one payer, which is added to the first" },
    PW_ROW_WORD("payer", true, pw_words_payer, -1.0, pw_cost_spec_t, payer, "who pays"),
    PW_ROW_SETTING("each_pounds", PW_UNIT_POUNDS, 0.0, 1e9, 0.0, pw_cost_spec_t, pounds[PW_COST_EACH], "pounds for each one"),
    PW_ROW_SETTING("day_pounds", PW_UNIT_POUNDS, 0.0, 1e9, 0.0, pw_cost_spec_t, pounds[PW_COST_DAY], "pounds for each day"),
    PW_ROW_SETTING("place_year_pounds", PW_UNIT_POUNDS, 0.0, 1e9, 0.0, pw_cost_spec_t, pounds[PW_COST_PLACE_YEAR],
                   "pounds for each place and year, used or not"),
    PW_ROW_SETTING("set_up_pounds", PW_UNIT_POUNDS, 0.0, 1e12, 0.0, pw_cost_spec_t, pounds[PW_COST_SET_UP], "pounds once"),
    PW_ROW_WORD("counts_as", false, pw_words_money, 0.0, pw_cost_spec_t, counts_as, "cashable, capacity or social_value; cashable if not given"),
};
PW_SCHEMA_LIST(pw_schema_costs, "cost", cost_fields, pw_cost_spec_t, PW_MAX_COSTS);

static const pw_field_t schedule_fields[] = {
    PW_ROW_FIXED("from_month", PW_UNIT_MONTHS, -600.0, 600.0, PW_REQUIRED, pw_schedule_spec_t, from_month, "from day 0; may be negative"),
    { .key = "places", .kind = PW_FIELD_PLACES, .unit = PW_UNIT_PLACES, .high = 100000.0, .otherwise = PW_REQUIRED,
      .at = offsetof(pw_schedule_spec_t, places), .meaning = "places from then on" },
};
static PW_SCHEMA_LIST(schedule, "step of a schedule", schedule_fields, pw_schedule_spec_t, PW_MAX_STEPS - 4);

static const pw_field_t exit_fields[] = {
    PW_ROW_NAME("to", true, PW_THING_STAGE, pw_exit_spec_t, to, "the stage that it leads to"),
    PW_ROW_CHANCE_HERE("percent", PW_UNIT_SHARE, 100.0, PW_REQUIRED, pw_exit_spec_t, weight, PW_PLACE_OF_STAGE, SEEN | PW_ALLOW_SCORE | PW_ALLOW_WORKLOAD,
                       "its share, or \"remainder\""),
};
PW_SCHEMA_LIST(pw_schema_exits, "exit", exit_fields, pw_exit_spec_t, PW_MAX_EXITS);

static const pw_field_t team_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_team_spec_t, is.name), .meaning = "what the team is called" },
    { .key = "places", .kind = PW_FIELD_PLACES, .unit = PW_UNIT_PLACES, .high = 100000.0, .otherwise = PW_REQUIRED, .at = offsetof(pw_team_spec_t, places),
      .meaning = "how many cases it can carry at once" },
    PW_ROW_SETTING("more_places", PW_UNIT_PLACES, 0.0, 100000.0, 0.0, pw_team_spec_t, more_places,
                   "places on top of `places` and of every step of its schedule"),
    PW_ROW_FLAG("limits", 1.0, pw_team_spec_t, limits, "false: nobody waits, work slows under load instead"),
    PW_ROW_LIST("schedule", schedule, pw_team_spec_t, schedule, "changes of places"),
    PW_ROW_LIST("costs", pw_schema_costs, pw_team_spec_t, costs, "what it costs: set_up_pounds, place_year_pounds"),
};
PW_SCHEMA_LIST(pw_schema_teams, "team", team_fields, pw_team_spec_t, PW_MAX_TEAMS);

static const pw_field_t wait_fields[] = {
    PW_ROW_SETTING("days", PW_UNIT_DAYS, 0.0, 36525.0, PW_REQUIRED, pw_stage_spec_t, wait_limit.days, "how long a family waits at most"),
    PW_ROW_NAME("to", true, PW_THING_STAGE, pw_stage_spec_t, wait_limit.to, "where it goes then"),
};
static PW_SCHEMA_GROUP(wait_limit, "wait_limit", wait_fields);

static const pw_field_t slow_fields[] = {
    PW_ROW_SETTING("workload", PW_UNIT_RATIO, 0.01, 100.0, PW_REQUIRED, pw_stage_spec_t, duration_ratio.workload,
                   "the duration is multiplied by ratio^(workload - average)"),
};
static PW_SCHEMA_GROUP(duration_ratio, "duration_ratio", slow_fields);

static const pw_field_t interrupt_fields[] = {
    PW_ROW_WORD("event", true, pw_words_event, -1.0, pw_interrupt_spec_t, event, "what interrupts"),
    PW_ROW_NAME("to", true, PW_THING_STAGE, pw_interrupt_spec_t, to, "the stage that it leads to"),
    PW_ROW_CHANCE_HERE("percent", PW_UNIT_PERCENT, 100.0, PW_REQUIRED, pw_interrupt_spec_t, chance, PW_PLACE_OF_STAGE, SEEN, "chance that it does"),
};
static PW_SCHEMA_LIST(interrupts, "interruption", interrupt_fields, pw_interrupt_spec_t, PW_MAX_INTERRUPTS);

static const pw_field_t stage_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_stage_spec_t, is.name), .meaning = "what the stage is called" },
    PW_ROW_FLAG("first", 0.0, pw_stage_spec_t, first, "notifications start here"),
    PW_ROW_FLAG("first_referral", 0.0, pw_stage_spec_t, first_referral, "other agencies' referrals start here"),
    PW_ROW_FLAG("end", 0.0, pw_stage_spec_t, end, "the pathway ends here"),
    PW_ROW_FLAG("worked", 0.0, pw_stage_spec_t, worked, "staff work with the family: they may engage, and report a separation"),
    PW_ROW_WORD("counts_as", false, pw_words_counts_as, PW_COUNTS_AS_STEP, pw_stage_spec_t, counts_as, "what it is in the tables"),
    PW_ROW_NAME("team", false, PW_THING_TEAM, pw_stage_spec_t, team, "who does the work"),
    PW_ROW_SETTING("load", PW_UNIT_PLACES, 0.001, 1000.0, 1.0, pw_stage_spec_t, load, "places that one case takes; 1 if not given"),
    PW_ROW_NAME("sees", false, PW_THING_FORM, pw_stage_spec_t, sees, "the form that it decides on; not given: everything as it is"),
    PW_ROW_CHANCE("priority", PW_UNIT_WEIGHT, 1e6, 1.0, pw_stage_spec_t, priority, PW_PLACE_OF_STAGE, SEEN,
                  "the higher is served first; then first come, first served"),
    PW_ROW_GROUP("wait_limit", wait_limit, offsetof(pw_stage_spec_t, wait_limit.node), "how long a family waits for the team"),
    { .key = "duration", .short_form = "delay", .kind = PW_FIELD_LENGTH, .unit = PW_UNIT_DAYS, .high = 36525.0, .at = offsetof(pw_stage_spec_t, duration),
      .meaning = "how long the work (without a team: the delay) takes" },
    PW_ROW_GROUP("duration_ratio", duration_ratio, offsetof(pw_stage_spec_t, duration_ratio.node), "work slows under load"),
    PW_ROW_SETTING("statutory_days", PW_UNIT_DAYS, 0.01, 36525.0, 0.0, pw_stage_spec_t, statutory_days,
                   "by when it should be done, from the decision, wait included"),
    PW_ROW_LIST("on", interrupts, pw_stage_spec_t, on, "what ends it early"),
    PW_ROW_LIST("choice", pw_schema_exits, pw_stage_spec_t, choice, "where a family goes after it"),
    PW_ROW_LIST("effects", pw_schema_effects, pw_stage_spec_t, effects, "what it does to the family's chances"),
    PW_ROW_LIST("costs", pw_schema_costs, pw_stage_spec_t, costs, "what it costs: each_pounds, day_pounds"),
};
PW_SCHEMA_LIST(pw_schema_stages, "stage", stage_fields, pw_stage_spec_t, PW_MAX_STAGES);

static const pw_field_t offer_fields[] = {
    { .key = "at", .kind = PW_FIELD_OFFER_POINT, .required = true, .at = offsetof(pw_offer_spec_t, at),
      .meaning = "a stage, police_attendance or notification" },
    PW_ROW_CHANCE_HERE("percent", PW_UNIT_PERCENT, 100.0, PW_REQUIRED, pw_offer_spec_t, chance, PW_PLACE_OF_SERVICE, SEEN | PW_ALLOW_WORKLOAD,
                       "how many of the eligible are offered it there"),
};
static PW_SCHEMA_LIST(offers, "offer", offer_fields, pw_offer_spec_t, PW_MAX_OFFERS);

static const pw_field_t service_fields[] = {
    { .key = "name", .kind = PW_FIELD_TEXT, .required = true, .at = offsetof(pw_service_spec_t, is.name), .meaning = "what the service is called" },
    PW_ROW_TEXT("title", pw_service_spec_t, title, "one line for readers"),
    PW_ROW_WORD("attends", false, pw_words_attends, 0.0, pw_service_spec_t, attends, "who attends: family, victim, partner or child"),
    { .key = "places", .kind = PW_FIELD_PLACES, .unit = PW_UNIT_PLACES, .high = 100000.0, .otherwise = PW_REQUIRED, .at = offsetof(pw_service_spec_t, places),
      .meaning = "how many families can attend at once" },
    PW_ROW_SETTING("more_places", PW_UNIT_PLACES, 0.0, 100000.0, 0.0, pw_service_spec_t, more_places,
                   "places on top of `places` and of every step of its schedule"),
    PW_ROW_LIST("schedule", schedule, pw_service_spec_t, schedule, "changes of places"),
    PW_ROW_FIXED("from_month", PW_UNIT_MONTHS, -600.0, 600.0, -600.0, pw_service_spec_t, from_month, "no offer before this month, from day 0"),
    { .key = "requires", .kind = PW_FIELD_REQUIRES, .at = offsetof(pw_service_spec_t, need_one), .also = offsetof(pw_service_spec_t, need_zero),
      .meaning = "who is eligible" },
    PW_ROW_LIST("offered", offers, pw_service_spec_t, offered, "where it is offered"),
    PW_ROW_CHANCE("uptake", PW_UNIT_PERCENT, 100.0, 100.0, pw_service_spec_t, uptake, PW_PLACE_OF_SERVICE, SEEN | PW_ALLOW_WORKLOAD,
                  "how many take up an offer; 100 if not given"),
    PW_ROW_LENGTH("patience", false, pw_service_spec_t, patience, "how long a family waits before it gives up; not given: for ever"),
    PW_ROW_LENGTH("duration", true, pw_service_spec_t, duration, "how long it is attended"),
    { .key = "completes", .short_form = "completes_percent", .kind = PW_FIELD_CHANCE, .unit = PW_UNIT_PERCENT, .high = 100.0, .otherwise = 100.0,
      .at = offsetof(pw_service_spec_t, completes), .place = PW_PLACE_OF_SERVICE, .allows = PW_ALLOW_STATE | PW_ALLOW_COUNTS,
      .meaning = "how many of those who start complete it; 100 if not given" },
    PW_ROW_FLAG("again", 0.0, pw_service_spec_t, again, "it may be taken up again after it ended"),
    PW_ROW_LIST("effects", pw_schema_effects, pw_service_spec_t, effects, "what it does to the family's chances"),
    PW_ROW_LIST("costs", pw_schema_costs, pw_service_spec_t, costs, "what it costs"),
};
PW_SCHEMA_LIST(pw_schema_services, "service", service_fields, pw_service_spec_t, PW_MAX_SERVICES);
