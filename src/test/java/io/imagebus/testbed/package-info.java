/** What tests with real nodes share: the programs they run, the pictures they send. */
package io.imagebus.testbed;
