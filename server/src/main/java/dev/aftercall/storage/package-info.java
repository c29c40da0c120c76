/** The two-way check of what the catalogue promises against what the content store has. */
@NullMarked
package dev.aftercall.storage;

import org.jspecify.annotations.NullMarked;
