@NullMarked
package dev.aftercall.fetch.web;

import org.jspecify.annotations.NullMarked;
