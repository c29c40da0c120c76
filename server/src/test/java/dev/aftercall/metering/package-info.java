/** Sessions, plans and quotas, against a model in memory. */
@NullMarked
package dev.aftercall.metering;

import org.jspecify.annotations.NullMarked;
