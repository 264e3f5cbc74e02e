package import IdentityBroker

/// Where the current request comes from, so that refusals can be distinguished by address.
package enum RefusalSource {
    /// The address that the rate limit uses for the request. Not a closure that returns it: with one, an optimized
    /// build crashes where the value is pushed (Swift 6.3.1).
    @TaskLocal package static var caller: CallerKey?
}
