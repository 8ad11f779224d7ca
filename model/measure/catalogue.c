#include "catalogue.h"

#include <ctype.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"

static const char *const ITEM_WORD[PW_BLOCKS] = {
    [PW_BLOCK_CURVE] = "MONTHS", [PW_BLOCK_HORIZON] = "MONTHS", [PW_BLOCK_HARM] = "KIND", [PW_BLOCK_SERVICE] = "SERVICE",
    [PW_BLOCK_OWN_PAYER] = "PAYER", [PW_BLOCK_OWN_MONEY] = "MONEY", [PW_BLOCK_QUEUE] = "QUEUE", [PW_BLOCK_STAGE] = "STAGE",
    [PW_BLOCK_BUDGET_PAYER] = "PAYER", [PW_BLOCK_BUDGET_MONEY] = "MONEY"
};

const char *pw_direction_name(int direction)
{
    return direction < 0 ? "lower is better" : direction > 0 ? "higher is better" : "none";
}

/* Puts `item` in the place of the word in capitals. */
static void put_item(const char *pattern, const char *word, const char *item, char *out, size_t room)
{
    const char *at = word ? strstr(pattern, word) : NULL;
    if (!at)
        snprintf(out, room, "%s", pattern);
    else
        snprintf(out, room, "%.*s%s%s", (int)(at - pattern), pattern, item, at + strlen(word));
}

static void spell(char *text)
{
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    if (text[0] != ' ')
        text[0] = (char)toupper((unsigned char)text[0]);
}

static bool among(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = words; (p = strstr(p, word)); p += n)
        if ((p == words || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
            return true;
    return false;
}

static bool is_headline(const pw_definition_t *d, const pw_layout_t *layout, int item, const char *item_name)
{
    if (d->headline == 0)
        return false;
    if (!d->only || strcmp(d->only, "changed") == 0)
        return true;
    if (strcmp(d->only, "last") == 0)
        return item == layout->items[d->sum[0].block] - 1;
    if (strcmp(d->only, "statutory") == 0)
        return item < layout->roster->teams.n && layout->roster->statutory_team[item];
    return among(d->only, item_name);
}

static void make(const pw_definition_t *d, const pw_layout_t *layout, int item, pw_measure_t *out)
{
    int block = d->sum[0].block;
    char name[PW_NAME_LENGTH], spelt[PW_NAME_LENGTH];
    pw_layout_item_name(layout, block, item, name);
    memcpy(spelt, name, sizeof spelt);
    for (char *p = spelt; *p; p++)
        if (*p == '_')
            *p = ' ';
    out->definition = d;
    out->item = item;
    out->by_subgroup = block < PW_BLOCK_AREA;
    out->headline = is_headline(d, layout, item, name);
    out->if_changed = d->only && strcmp(d->only, "changed") == 0;
    put_item(d->name, ITEM_WORD[block], name, out->name, sizeof out->name);
    put_item(d->label, ITEM_WORD[block], spelt, out->label, sizeof out->label);
    spell(out->label);
}

/* Definitions over the same items stay together, item by item: the three lines of each harm, the cascade of each service. */
static int group_end(const pw_definition_t *d, int n, int from)
{
    int block = d[from].sum[0].block, end = from + 1;
    if (!ITEM_WORD[block])
        return end;
    while (end < n && d[end].sum[0].block == block)
        end++;
    return end;
}

static bool exists(const pw_layout_t *layout, int block, int item)
{
    return block != PW_BLOCK_STAGE || layout->roster->statutory[item];
}

/* Incidents with a child present are the headline and come first. */
static int item_in_order(int block, int k)
{
    static const int harm[PW_HARMS] = { PW_HARM_CHILD_PRESENT, PW_HARM_ANY, PW_HARM_INJURY, PW_HARM_SEVERE_INJURY, PW_HARM_CHILD_INJURED,
                                        PW_HARM_AT_CONTACT };
    return block == PW_BLOCK_HARM ? harm[k] : k;
}

pw_status_t pw_catalogue_fill(const pw_layout_t *layout, pw_catalogue_t *out)
{
    const pw_definition_t *d;
    int n = pw_definitions(&d), room = 0;
    *out = (pw_catalogue_t){ 0 };
    for (int i = 0; i < n; i++)
        room += layout->items[d[i].sum[0].block];
    out->measure = pw_alloc((size_t)room, sizeof out->measure[0]);
    if (!out->measure)
        return PW_ERROR_MEMORY;
    for (int from = 0, end; from < n; from = end) {
        int block = d[from].sum[0].block;
        end = group_end(d, n, from);
        for (int k = 0; k < layout->items[block]; k++) {
            int item = item_in_order(block, k);
            for (int i = from; i < end && exists(layout, block, item); i++)
                make(&d[i], layout, item, &out->measure[out->n++]);
        }
    }
    return PW_OK;
}

void pw_catalogue_free(pw_catalogue_t *self)
{
    pw_free(self->measure);
    *self = (pw_catalogue_t){ 0 };
}

int pw_catalogue_find(const pw_catalogue_t *self, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->measure[i].name, name) == 0)
            return i;
    return -1;
}

const char *pw_catalogue_nearest(const pw_catalogue_t *self, const char *name)
{
    const char **names = pw_alloc((size_t)self->n, sizeof names[0]);
    if (!names)
        return NULL;
    for (int i = 0; i < self->n; i++)
        names[i] = self->measure[i].name;
    int nearest = pw_text_nearest(name, names, (size_t)self->n);
    pw_free(names);
    return nearest < 0 ? NULL : self->measure[nearest].name;
}

size_t pw_measure_offset(const pw_measure_t *self, const pw_layout_t *layout, int k, int area, int subgroup)
{
    pw_sum_t sum = self->definition->sum[k];
    int item = ITEM_WORD[sum.block] ? self->item : 0;
    return pw_layout_at(layout, sum.block, item, sum.sum, area, subgroup);
}

/* ---- docs/measures.md ---- */

static void document_row(FILE *to, const pw_definition_t *d)
{
    fprintf(to, "| `%s` | %s | %s | %s | %s | %s |\n", d->name, d->unit, pw_direction_name(d->direction), d->additive ? "yes" : "no",
            d->sum[0].block < PW_BLOCK_AREA ? "area, subgroup" : "area", d->definition);
}

static void document_subgroups(FILE *to)
{
    fputs("\n## Subgroups\n\nA family belongs to a subgroup by what held of it at its index *under the baseline*, so that every scenario is compared on "
          "the same families.\n\n| subgroup | families |\n|---|---|\n", to);
    for (int g = 0; g < PW_SUBGROUP_N; g++)
        fprintf(to, "| `%s` | %s |\n", pw_subgroup_name(g), pw_subgroup_meaning(g));
}

pw_status_t pw_catalogue_document(FILE *to)
{
    const pw_definition_t *d;
    const pw_price_t *price;
    int n = pw_definitions(&d), n_prices = pw_prices(&price);
    fputs("# Measures\n\n"
          "Made by `build/pathways measures` from the catalogue in `model/measure/definitions.c`; do not edit. Every measure is, in each\n"
          "draw, a ratio of sums over its worlds; a run's mean is that over draws (`docs/model.md`, section 9, has the formulas). A word in capitals stands\n"
          "for one measure for each of its kind in the model: `SERVICE`, `QUEUE` (a team or a service), `STAGE` (with a\n"
          "statutory limit), `KIND` (of incident), `PAYER`, `MONEY` (cashable, capacity, social value), `MONTHS`. *Adds up*: the values of separate areas\n"
          "add up to that of all areas. *By*: family measures are given by area and subgroup, area measures by area.\n", to);
    for (int i = 0; i < n; i++) {
        if (i == 0 || strcmp(d[i].theme, d[i - 1].theme) != 0)
            fprintf(to, "\n## %c%s\n\n| measure | unit | better | adds up | by | definition |\n|---|---|---|---|---|---|\n",
                    toupper((unsigned char)d[i].theme[0]), d[i].theme + 1);
        document_row(to, &d[i]);
    }
    fputs("\n## Prices\n\nDifferences only.\n\n| measure | unit | definition |\n|---|---|---|\n", to);
    for (int i = 0; i < n_prices; i++)
        fprintf(to, "| `%s` | %s | %s |\n", price[i].name, price[i].unit, price[i].definition);
    document_subgroups(to);
    return ferror(to) ? PW_ERROR_WRITE : PW_OK;
}
