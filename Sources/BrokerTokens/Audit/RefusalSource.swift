package import IdentityBroker

/// Where the running request comes from, for refusals that are told apart by address.
package enum RefusalSource {
    /// Whom a rate limit takes the request's address for. Not a closure that says it: with one, an optimized build crashes where
    /// the value is pushed (Swift 6.3.1).
    @TaskLocal package static var caller: CallerKey?
}
