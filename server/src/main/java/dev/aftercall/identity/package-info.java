/** Who calls: a bearer token becomes a {@link dev.aftercall.identity.Caller} or a refusal. */
@NullMarked
package dev.aftercall.identity;

import org.jspecify.annotations.NullMarked;
