/* incident.h: an act of domestic violence, and what the police do.
 *
 * What question it answers: how severe, where, was a child there, who came to know of it?
 * Floor: world; own events only. */
#ifndef PW_WORLD_INCIDENT_H
#define PW_WORLD_INCIDENT_H

#include "family.h"
#include "form.h"

/* The incident clock strikes. Uses blocks 0 (kept from the gap), 1 and 2 of (INCIDENT, k). */
void pw_incident_happens(pw_own_t *own, pw_family_t *f, pw_ticks_t t);

/* Works off one incident after the other, each as an own event, while they change nothing else about the family and the next one's key
 * is below `until`, the earliest key of its other clocks (and the end of the run). Most incidents are such: a tight loop. True if
 * none of them changed anything else. */
bool pw_incident_run(pw_own_t *own, pw_family_t *f, uint64_t until);

/* Incidents of a family whose case is open change nothing but counts, whatever they are: they need not be worked off before somebody
 * touches the family. */
static inline bool pw_incident_is_deaf(const pw_model_t *model, const pw_family_t *f)
{
    return model->light_police && f->stage >= 0 && !(model->stage[f->stage].interrupt_events & (1u << PW_EVENT_INCIDENT | 1u << PW_EVENT_NOTIFICATION));
}

/* The incident with which a family enters: drawn from the distribution of incidents that baseline practice would notify (severity x
 * setting x present x injured, weighted by the chances of being reported and notified). The gap after it runs already.
 * `block` and `police`: parts 0 and 1 of (ENTRY_INCIDENT, 0). */
void pw_incident_entry(pw_own_t *own, pw_family_t *f, pw_block_t block, pw_block_t police, pw_ticks_t t);

/* The chances that an incident takes, as they are for the family's present bits (of the incident: those drawn so far), effects included; the
 * weights of no injury, injury and severe injury; and the chance that police notify, with the numbers they see in *form. For witness.c. */
typedef struct { double contact, present, injured, reported; } pw_incident_chances_t;
void pw_incident_chances(const pw_own_t *own, const pw_family_t *f, pw_incident_chances_t *out);
void pw_incident_weights(const pw_own_t *own, const pw_family_t *f, double weight[3]);
double pw_incident_notify_chance(const pw_own_t *own, const pw_family_t *f, uint16_t number, pw_form_t *form);

#endif
