/// What a provider can do besides exchanging a credential. It follows from the protocols to which the type conforms,
/// besides ``IdentityProvider``:
///
/// | protocol | a type that conforms |
/// |---|---|
/// | ``LaunchRequesting`` | says what opens the app in which its login begins |
/// | ``CallbackReading`` | reads the credential from what that app hands back |
/// | ``RedirectRequesting`` | sends the browser to the upstream's site, and redeems the code that comes back |
/// | ``LogoutRequesting`` | says where the browser signs out at the upstream |
/// | ``SettingsAdvising`` | recognizes settings that are valid but unwise; no capability, since no caller needs it |
public enum ProviderCapability: String, Sendable, Hashable, CaseIterable {
    /// Builds a launch request: ``LaunchRequesting``.
    case launch
    /// Reads the credential from what the other app returned: ``CallbackReading``.
    case callback
    /// Sends the user's browser to the upstream's site: ``RedirectRequesting``.
    case redirect
    /// Builds the upstream's URL for signing out: ``LogoutRequesting``.
    case logout
}

/// A provider whose credential returns from another app inside text, such as a query string.
public protocol CallbackReading: IdentityProvider {
    /// Extracts the credential from the text, which the user's app passed on unchanged.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/cancelledByUser`` if the user refused, or
    ///   ``BrokerError/Kind/invalidCredential`` if the text contains no credential.
    static func credential(fromCallback callback: String) throws(BrokerError) -> Credential
}

/// A provider type that recognizes settings that are valid but unwise.
public protocol SettingsAdvising: IdentityProvider {
    /// What to reconsider, each in a sentence or two of plain text without secrets; empty if nothing.
    static func advice(settings: Settings) -> [String]
}
