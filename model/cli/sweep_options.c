#include "sweep_options.h"

pw_sweep_request_t pw_sweep_request(const pw_sweep_asked_t *asked, const char *design)
{
    return (pw_sweep_request_t){
        .design = design, .baseline = asked->baseline, .scenarios = asked->scenarios.text, .n_scenarios = asked->scenarios.n, .sets = asked->sets.text,
        .n_sets = asked->sets.n, .measures = asked->measures.text, .n_measures = asked->measures.n, .replications = asked->replications,
        .block = asked->block, .points = asked->points, .seed = asked->seed, .parameters = asked->parameters,
    };
}
