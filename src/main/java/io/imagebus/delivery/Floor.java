package io.imagebus.delivery;

import io.imagebus.base.Clock;

/**
 * What the outlets of one event loop share.
 *
 * @param settings what they may use
 * @param clock the time
 * @param rooms the topics
 * @param outlets the connections
 * @param departed the counts of those who left
 * @param absences what displays missed while they were away
 */
record Floor(
    DeliverySettings settings,
    Clock clock,
    Rooms rooms,
    Outlets outlets,
    DepartedDisplays departed,
    Absences absences) {}
