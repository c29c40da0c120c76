/**
 * What a tenant's administrators rule, to be looked at and changed; in force it is {@code Rules}.
 */
@NullMarked
package dev.aftercall.ruling;

import org.jspecify.annotations.NullMarked;
