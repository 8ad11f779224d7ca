/* sentence.h: a number in a sentence.
 *
 * What question it answers: how is this difference said, and how likely is it? (reading.h: whether it is to be told at all.)
 * Floor: report. Every number that a sentence holds is looked up when the sentence is made, and has its digits by the one rule
 * of digits.h. All functions append; memory running out shows in the text. */
#ifndef PW_REPORT_SENTENCE_H
#define PW_REPORT_SENTENCE_H

#include "../base/text.h"
#include "account.h"

/* The word for a probability: the scale of the IPCC's guidance note (Mastrandrea and others 2010), the narrowest word that holds:
 * virtually certain from 99 %, extremely likely from 95 %, very likely from 90 %, likely from 66 %, about as likely as not from 33 %, unlikely from
 * 10 %, very unlikely from 5 %, extremely unlikely from 1 %, exceptionally unlikely below. "" for nan. */
const char *pw_likelihood(double probability);
/* A word that stands for 99 draws in 100 is not said of fewer draws than that. */
enum { PW_LIKELIHOOD_DRAWS = 100 };
/* The words with their probabilities, as a sentence beside them says. */
#define PW_LIKELIHOOD_KEY                                                                                                     \
    "Likelihood words are those of the Intergovernmental Panel on Climate Change (Mastrandrea and others 2010): virtually "   \
    "certain, at least 99 in 100 draws; extremely likely, 95; very likely, 90; likely, 66; about as likely as not, 33 to 66; " \
    "unlikely, at most 33; very unlikely, 10; extremely unlikely, 5; exceptionally unlikely, 1."

/* "-1.2 (95 % interval -6.8 to 3.3)"; "0"; "no value". "less than 0.01 either way". With £ in the unit:
 * "£206,000 (95 % interval £116,000 to £333,000)". */
void pw_say_difference(const pw_summary_t *difference, const char *unit, pw_text_t *out);
/* "1.2 fewer (95 % interval 0.3 to 2.1 fewer)", for a difference that is clear of 0; `less` and `more` are the words. */
void pw_say_change(const pw_summary_t *difference, const char *unit, const char *less, const char *more, pw_text_t *out);
/* A single number with three digits in a sentence, "41.2", "£2.71 million", or in a cell, "2.71m"; "0" for exactly 0. */
void pw_say_number(double value, const char *unit, pw_text_t *out);
void pw_say_number_cell(double value, const char *unit, pw_text_t *out);
/* The cell of a table: "-1.2 (-6.8, 3.3) ?", with the marks that the printed table has: ? cannot tell, ~ noise. Pounds are whole, without £. */
void pw_say_cell(const pw_summary_t *difference, const char *unit, pw_text_t *out);

/* Words in a text, as a word processor counts them. */
int pw_count_words(const char *text);

#endif
