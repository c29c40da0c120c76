/** How a recording arrives: received, hashed, probed, made durable, committed, acknowledged. */
@NullMarked
package dev.aftercall.intake;

import org.jspecify.annotations.NullMarked;
