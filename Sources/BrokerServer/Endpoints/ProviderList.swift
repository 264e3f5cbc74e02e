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

        init(_ instance: ProviderInstance) {
            id = instance.id.rawValue
            displayName = instance.displayName
            type = instance.manifest.type
            credentials = instance.manifest.credentials.map(\.kind.rawValue)
            canLaunch = instance.launchRequest != nil
        }
    }
}
