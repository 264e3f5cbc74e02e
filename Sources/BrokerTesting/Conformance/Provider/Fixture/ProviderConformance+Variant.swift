public import IdentityBroker

extension ProviderConformance {
    /// What is wrong with an upstream's answer about a person.
    ///
    /// Later versions may add variants: a `default` that returns nil says that the upstream has no such answer.
    public enum Variant: Sendable, Hashable {
        /// Nothing.
        case correct
        /// The person's stable id, in the last answer of the login at the latest, is invalid.
        case identifier(IdentifierFault)
        /// The upstream does not admit the person, and says so in the person's record. Never
        /// ``AccountStanding/active``.
        case standing(AccountStanding)
        /// It was made for another app: its audience (a client, a tenant, a user pool) is not the one in the settings.
        case anotherAudience
        /// It was made for another login: its nonce is not the flow's, or whatever else binds it to this one.
        case anotherLogin
        /// It does not say which login it was made for: its nonce, or whatever else binds it to this one, is absent.
        case anyLogin
        /// It is signed with a key that the upstream has not published, so that the shared key set lacks it.
        case unknownKey
    }

    /// What replaces a person's stable id.
    public enum IdentifierFault: Sendable, Hashable, CaseIterable {
        /// Nothing: the member is absent.
        case missing
        /// `null`.
        case null
        /// An empty string.
        case empty
        /// White space.
        case blank
        /// A number.
        case number
        /// `true`.
        case boolean
        /// A list with an id in it.
        case list
        /// An object with an id in it.
        case object
        /// A string with a control character.
        case control
        /// Letters beyond ASCII, which OpenID Connect Core §2 excludes.
        case notASCII
        /// More than the 255 characters of OpenID Connect Core §2.
        case tooLong
        /// Another person's id, while the correct one is in another place.
        case contradicting

        /// The replacement for the id, as JSON; nil for ``missing``.
        public var json: String? {
            switch self {
            case .missing: nil
            case .null: "null"
            case .empty: #""""#
            case .blank: #"" ""#
            case .number: "7"
            case .boolean: "true"
            case .list: #"["somebody"]"#
            case .object: #"{"id":"somebody"}"#
            case .control: #""some\u0000body""#
            case .notASCII: #""sömebödy""#
            case .tooLong: #""\#(String(repeating: "s", count: 256))""#
            case .contradicting: #""somebody-else""#
            }
        }
    }
}
