# Reads a run's draws into the form that health-economics packages take (BCEA, dampack, heemod: one row a draw, one column an option),
# and prints each option's mean costs and effects and how often it has the highest net benefit.
#   Rscript notebooks/health_economics.R output/first-run [pounds that one incident with a child present averted is worth]
given <- commandArgs(trailingOnly = TRUE)
folder <- if (length(given) > 0) given[1] else "output/first-run"
worth <- if (length(given) > 1) as.numeric(given[2]) else 5000

draws <- read.csv(file.path(folder, "draws.csv"))
options <- unique(draws$scenario)                                     # the baseline first
column <- function(measure) sapply(options, function(o) draws[[measure]][draws$scenario == o])
costs <- column("own_use")                                            # pounds a family, discounted
effects <- -column("incidents_with_child_present") / 100              # incidents a family, more is better

net_benefit <- worth * effects - costs
best <- factor(options[max.col(net_benefit, ties.method = "first")], levels = options)
print(data.frame(cost = round(colMeans(costs), 0), effect = round(colMeans(effects), 4), highest_net_benefit = as.vector(table(best)) / nrow(costs)))

# Where BCEA is installed: m <- BCEA::bcea(effects, costs, ref = 2, interventions = options); plot(m)
# What the answer rests on: parameters <- read.csv(file.path(folder, "parameters.csv"))[-1]; BCEA::evppi(m, names(parameters)[1], parameters)
