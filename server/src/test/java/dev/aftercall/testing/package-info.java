/** What tests of several rooms share: real servers, started in the test's own process. */
@NullMarked
package dev.aftercall.testing;

import org.jspecify.annotations.NullMarked;
