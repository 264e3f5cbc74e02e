/// A provider whose login begins in another app, which the user's app has to open.
public protocol LaunchRequesting: IdentityProvider {
    /// What the user's app passes on to open the other one. Needs no secret, and contacts nobody.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    static func launchRequest(settings: Settings) throws -> LaunchRequest
}
