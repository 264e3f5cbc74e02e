import IdentityBroker

/// The providers that a client can offer.
struct ProviderList: Encodable {
    let providers: [Entry]

    struct Entry: Encodable {
        let id: String
        let displayName: String
        let type: String
        let credentials: [String]
        let canLaunch: Bool

        private enum CodingKeys: String, CodingKey {
            case id, type, credentials
            case displayName = "display_name"
            case canLaunch = "launch"
        }

        init(_ listing: ProviderListing) {
            id = listing.id.rawValue
            displayName = listing.displayName
            type = listing.type
            credentials = listing.credentials.map(\.rawValue)
            canLaunch = listing.launch != nil
        }
    }
}
