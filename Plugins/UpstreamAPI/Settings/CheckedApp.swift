package import IdentityBroker

/// One app at a vendor: its id, where it asks and sends browsers, and who vouches for its users, as checked settings describe it.
package struct CheckedApp: Sendable {
    /// The vendor's id of the app.
    package let id: String
    /// The base of the vendor's API.
    package let api: UpstreamURL
    /// The base of the vendor's pages.
    package let pages: UpstreamURL
    /// Who vouches for the subjects.
    package let issuer: Issuer
    /// Where an id is unique that all apps of one owner share: with the owner whom the setting `issuer` names or, since no other
    /// setting names the owner, at this app.
    package let ownerScope: String

    /// A setting with a default.
    package typealias Address = (value: String, usual: String)

    /// Checks settings.
    ///
    /// - Parameters:
    ///   - key: The setting with the id.
    ///   - apiURL: The setting `apiURL`.
    ///   - authorizeURL: The setting `authorizeURL`.
    ///   - issuer: The setting `issuer`. Nil for one made of the API's address and, where the subjects are the app's own, of its
    ///     id.
    ///   - subjectsAreOwn: Whether the subjects are the app's own.
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong.
    package init(
        _ id: String,
        _ key: String,
        apiURL: Address,
        authorizeURL: Address,
        issuer: String?,
        subjectsAreOwn: Bool
    ) throws(BrokerError) {
        self.id = try CheckedSetting.id(id, key)
        api = try CheckedSetting.url(apiURL.value, "apiURL", as: apiURL.usual)
        pages = try CheckedSetting.url(authorizeURL.value, "authorizeURL", as: authorizeURL.usual)
        let derived = subjectsAreOwn ? api.appending(id) : api
        self.issuer = try CheckedSetting.issuer(issuer ?? derived.description)
        ownerScope = issuer ?? id
    }
}
