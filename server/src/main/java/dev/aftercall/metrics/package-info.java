/** What operators watch: counters and gauges in Prometheus' text, made when they are asked for. */
@NullMarked
package dev.aftercall.metrics;

import org.jspecify.annotations.NullMarked;
