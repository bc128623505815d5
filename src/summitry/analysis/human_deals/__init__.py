"""How well protocols forecast what two people make of three kinds of items.

The negotiations are those of Lewis et al. (2017): each knows only what the items are worth to
itself; the analyst knows both. A forecast is the probability of every split and of no deal.
"""
