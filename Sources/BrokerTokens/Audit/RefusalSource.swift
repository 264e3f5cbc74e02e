package import IdentityBroker

/// Where the running request comes from, for refusals that are told apart by address.
package enum RefusalSource {
    /// Says whom a rate limit takes the request's address for. It is asked at a refusal alone.
    @TaskLocal package static var caller: (@Sendable () -> CallerKey)?
}
