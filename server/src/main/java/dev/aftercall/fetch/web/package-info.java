/** Fetches by HTTP from hosts that a source lists, with an end to every wait. */
@NullMarked
package dev.aftercall.fetch.web;

import org.jspecify.annotations.NullMarked;
