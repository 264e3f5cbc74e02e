import StrictJSON

extension Declaration {
    /// The method of a request.
    enum Method: String, DeclarationWord {
        case get = "GET"
        case post = "POST"
    }

    /// How a code is redeemed.
    struct TokenRequest: DeclarationPart {
        /// The form of the answer.
        enum Format: String, DeclarationWord {
            case json
            case form
        }

        var url: AddressTemplate = "https://{host}/oauth/token"
        var method = Method.post
        var codeName = "code"
        var parameters: [String: String] = [:]
        var headers: [String: String] = [:]
        var format = Format.json
        var accessToken: Pointer = "/access_token"

        static let members: [DeclarationMember<TokenRequest>] = {
            let usual = TokenRequest()
            return [
                .init("url", \.url, of: usual, isRequired: true, "The token endpoint."),
                .init(
                    "method", \.method, of: usual,
                    "With GET, everything is in the query, where it may end up in the upstream's logs."),
                .init("codeName", \.codeName, of: usual, "What the upstream calls the code."),
                .init("parameters", \.parameters, of: usual, "Further parameters."),
                .init("headers", \.headers, of: usual, "Further header fields."),
                .init("format", \.format, of: usual, "The form of the answer."),
                .init(
                    "accessToken", \.accessToken, of: usual,
                    "Where the answer has the access token. In a form, each parameter is a member of the answer."),
            ]
        }()

        var fault: (key: String, message: String)? { HeaderText.fault(in: headers).map { ("headers", $0) } }
    }

    /// How a record is asked for.
    @dynamicMemberLookup
    struct ProfileRequest: DeclarationPart {
        var use = TokenUse(url: "https://{host}/user")
        var record: Pointer = ""

        static let members: [DeclarationMember<ProfileRequest>] =
            TokenUse.members.map { $0.member(of: \.use) } + [
                .init(
                    "record", \.record, of: ProfileRequest(),
                    "Where the answer has the record, in which all other pointers begin.")
            ]

        var fault: (key: String, message: String)? { use.fault }

        subscript<Value>(dynamicMember path: WritableKeyPath<TokenUse, Value>) -> Value {
            get { use[keyPath: path] }
            set { use[keyPath: path] = newValue }
        }
    }

    /// How e-mail addresses are asked for.
    @dynamicMemberLookup
    struct EmailsRequest: DeclarationPart {
        var use = TokenUse(url: "https://{host}/user/emails")
        var list: Pointer = ""
        var address: Pointer = "/email"
        var primary: [Condition] = []
        var verified: [Condition] = []

        static let members: [DeclarationMember<EmailsRequest>] = {
            let usual = EmailsRequest()
            return TokenUse.members.map { $0.member(of: \.use) } + [
                .init("list", \.list, of: usual, "Where the answer has the list of addresses."),
                .init("address", \.address, of: usual, "Where an element of the list has the address."),
                .init(
                    "primary", \.primary, of: usual,
                    "What an element says if it is the address to use. If left out, the first one is."),
                .init(
                    "verified", \.verified, of: usual,
                    "What an element says if its address is verified: all of these. If left out, it never is."),
            ]
        }()

        var fault: (key: String, message: String)? { use.fault }

        subscript<Value>(dynamicMember path: WritableKeyPath<TokenUse, Value>) -> Value {
            get { use[keyPath: path] }
            set { use[keyPath: path] = newValue }
        }
    }
}
