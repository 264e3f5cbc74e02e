import OAuthClient
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

    /// Where a token is in a request.
    enum TokenPlace: String, DeclarationWord {
        case header
        case query
        case form
    }

    /// How a record is asked for.
    struct ProfileRequest: DeclarationPart {
        var url: AddressTemplate = "https://{host}/user"
        var method = Method.get
        var token = TokenPlace.header
        var scheme = "Bearer"
        var tokenName = "access_token"
        var clientIdName: String?
        var proofName: String?
        var parameters: [String: String] = [:]
        var tokenParameters: [String: Pointer] = [:]
        var headers: [String: String] = [:]
        var record: Pointer = ""

        static let members: [DeclarationMember<ProfileRequest>] =
            requestMembers(of: ProfileRequest()) + [
                .init(
                    "record", \.record, of: ProfileRequest(),
                    "Where the answer has the record, in which all other pointers begin.")
            ]

        var fault: (key: String, message: String)? { requestFault }
    }

    /// How e-mail addresses are asked for.
    struct EmailsRequest: DeclarationPart {
        var url: AddressTemplate = "https://{host}/user/emails"
        var method = Method.get
        var token = TokenPlace.header
        var scheme = "Bearer"
        var tokenName = "access_token"
        var clientIdName: String?
        var proofName: String?
        var parameters: [String: String] = [:]
        var tokenParameters: [String: Pointer] = [:]
        var headers: [String: String] = [:]
        var list: Pointer = ""
        var address: Pointer = "/email"
        var primary: [Condition] = []
        var verified: [Condition] = []

        static let members: [DeclarationMember<EmailsRequest>] = {
            let usual = EmailsRequest()
            return requestMembers(of: usual) + [
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

        var fault: (key: String, message: String)? { requestFault }
    }
}

/// A request with the user's token.
protocol TokenBearing: DeclarationPart {
    var url: AddressTemplate { get set }
    var method: Declaration.Method { get set }
    var token: Declaration.TokenPlace { get set }
    var scheme: String { get set }
    var tokenName: String { get set }
    var clientIdName: String? { get set }
    var proofName: String? { get set }
    var parameters: [String: String] { get set }
    var tokenParameters: [String: Pointer] { get set }
    var headers: [String: String] { get set }
}

extension Declaration.ProfileRequest: TokenBearing {}
extension Declaration.EmailsRequest: TokenBearing {}

extension TokenBearing {
    static func requestMembers(of usual: Self) -> [DeclarationMember<Self>] {
        [
            .init("url", \.url, of: usual, isRequired: true, "The endpoint."),
            .init("method", \.method, of: usual, "The method."),
            .init(
                "token", \.token, of: usual,
                """
                Where the request has the token: in the field Authorization, in the query, or in a form. Take the query \
                only if the upstream knows nothing else: URLs end up in logs.
                """
            ),
            .init("scheme", \.scheme, of: usual, "What stands before the token in the field Authorization."),
            .init("tokenName", \.tokenName, of: usual, "The parameter's name for the token in a query or a form."),
            .init(
                "clientIdName", \.clientIdName, of: usual,
                "The name of the parameter with the client's id, if the request needs it."),
            .init(
                "proofName", \.proofName, of: usual,
                """
                The name of the parameter with a proof that the client has the token: its HMAC-SHA256 by the client's \
                secret, in hexadecimal.
                """
            ),
            .init("parameters", \.parameters, of: usual, "Further parameters: in the query, or with POST in a form."),
            .init(
                "tokenParameters", \.tokenParameters, of: usual,
                "Parameters that are in the answer with the token, such as the user's id: by name, each with its place."
            ),
            .init("headers", \.headers, of: usual, "Further header fields."),
        ]
    }

    var requestFault: (key: String, message: String)? {
        if let message = HeaderText.fault(in: headers) { return ("headers", message) }
        if token == .form, method == .get { return ("token", "token is form, which a request with GET has none of.") }
        if !scheme.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) || scheme.isEmpty {
            return ("scheme", "scheme is a word such as Bearer.")
        }
        return nil
    }
}
