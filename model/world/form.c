#include "form.h"

#include "../chance/kernel.h"

enum { RISK_PART = 63 };      /* of the form's stream: the noise of its risk score */

static void see(const pw_own_t *own, const pw_family_t *f, const pw_form_kind_t *kind, uint32_t number, const uint64_t need[2], pw_form_t *out)
{
    bool spoken = pw_bit_get(out->bits, PW_BIT_CHILD_SPOKEN_TO) != 0;
    pw_block_t block = { { 0 } };
    int have = -1;
    for (int w = 0; w < 2; w++)
        for (uint64_t rest = kind->doubtful[w] & need[w]; rest; rest &= rest - 1) {
            int bit = 64 * w + __builtin_ctzll(rest);
            if (bit / 4 != have) {
                have = bit / 4;
                block = pw_stream_block(own->stream, f->id, kind->purpose, number, (uint32_t)have);
            }
            double u = pw_uniform32(block.word[bit & 3]);
            bool known = spoken && (bit == PW_BIT_CHILD_PRESENT || bit == PW_BIT_CHILD_INJURED);
            if (!known)
                pw_bit_put(out->bits, bit, u < (double)(pw_bit_get(out->bits, bit) ? kind->sees[bit] : kind->invents[bit]));
        }
}

void pw_form_fill(const pw_own_t *own, const pw_family_t *f, int kind, uint32_t number, const uint64_t now[2], const uint64_t need[2],
                  bool wants_score, pw_form_t *out)
{
    const pw_model_t *model = own->model;
    out->bits[0] = now[0];
    out->bits[1] = now[1];
    pw_family_numbers(f, NULL, out->number);
    if (kind >= 0 && ((model->form[kind].doubtful[0] & need[0]) | (model->form[kind].doubtful[1] & need[1])))
        see(own, f, &model->form[kind], number, need, out);
    if (wants_score) {
        double noise = 0.0;
        if (kind >= 0 && model->form[kind].risk_noise_sd > 0.0) {
            pw_block_t block = pw_stream_block(own->stream, f->id, model->form[kind].purpose, number, RISK_PART);
            noise = model->form[kind].risk_noise_sd * pw_normal_quantile(pw_uniform52(block.word[0], block.word[1]));
        }
        bool blind = kind >= 0 && model->form[kind].risk_noise_sd < 0.0;
        double sd = kind >= 0 ? model->form[kind].score_sd : model->risk_scale;
        out->number[PW_NUMBER_RISK_SCORE] = blind ? 0.0 : (pw_log_risk(f) + noise - model->risk_centre) / sd;
    }
}
