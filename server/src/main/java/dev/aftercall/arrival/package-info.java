/**
 * What recorders announced, and how it comes in: one record each, with states that operators see,
 * rules that say whose it is, and a worker that tries for days. The bytes go through the intake.
 */
@NullMarked
package dev.aftercall.arrival;

import org.jspecify.annotations.NullMarked;
