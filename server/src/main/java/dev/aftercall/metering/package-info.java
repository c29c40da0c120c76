/** What content retrievals are counted as: sessions, minutes, plans and prices. */
@NullMarked
package dev.aftercall.metering;

import org.jspecify.annotations.NullMarked;
