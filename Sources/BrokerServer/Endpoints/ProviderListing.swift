public import IdentityBroker

/// A provider as a client's sign-in page needs it.
public struct ProviderListing: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The name for people.
    public let displayName: String
    /// The provider type.
    public let type: String
    /// The kinds of credential that it takes.
    public let credentials: [CredentialKind]
    /// What the app passes on to open the provider's own app; nil where it opens none.
    public let launch: LaunchRequest?

    /// Makes a listing.
    public init(
        id: ProviderID,
        displayName: String,
        type: String,
        credentials: [CredentialKind],
        launch: LaunchRequest? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.type = type
        self.credentials = credentials
        self.launch = launch
    }
}
