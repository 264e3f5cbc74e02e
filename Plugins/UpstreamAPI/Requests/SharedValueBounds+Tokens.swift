package import IdentityBroker

extension SharedValueBounds {
    /// For an app's access token that the upstream refuses by a code of its own once it is void, so that it is fetched again then.
    /// If its answer does not say for how long it is good, it is kept for five minutes: such upstreams intercept those who ask at
    /// each login.
    package static var refusableToken: SharedValueBounds {
        var bounds = SharedValueBounds.token
        bounds.unstatedFreshness = .seconds(5 * 60)
        return bounds
    }
}
