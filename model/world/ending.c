#include "ending.h"

#include "record.h"
#include "witness.h"

static void settle_services(const pw_own_t *own, pw_family_t *f, pw_ticks_t end)
{
    const pw_attendance_t *a = pw_family_services(f, &own->shape);
    for (int v = 0; v < own->model->n_services; v++)
        if (a[v].state == PW_ATTENDANCE_ATTENDING) {
            pw_record_cost_days(own, f, own->model->service[v].costs, (pw_ticks_t)a[v].since, end);
            own->result->at_end_in_service++;
        }
}

void pw_ending_settle(pw_own_t *own, pw_family_t *f)
{
    const pw_model_t *model = own->model;
    const pw_ticks_t end = model->run_end;
    bool waits = f->at == PW_AT_WAITING, waits_for_service = f->services_waiting > 0;
    if (f->stage >= 0 && f->at == PW_AT_WORK)
        pw_record_cost_days(own, f, model->stage[f->stage].costs, f->begun, end);
    if (f->looked_after)
        pw_record_cost_days(own, f, model->stage[f->care_stage].costs, pw_from40(f->care_since), end);
    settle_services(own, f, end);
    own->result->at_end_waiting_team += waits;
    own->result->at_end_waiting_service += waits_for_service;
    own->result->at_end_open_cases += f->stage >= 0;
    if (f->window_open)
        pw_record_window(own, f, end);
    if (pw_is_told(own))
        pw_witness_fact(own, f, end, PW_TOLD_END, f->stage, waits, waits_for_service);
}
