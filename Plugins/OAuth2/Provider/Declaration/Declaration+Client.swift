import OAuthClient
import UpstreamAPI

extension Declaration {
    /// How the client authenticates when it redeems a code.
    struct Client: DeclarationPart {
        var authMethod = ClientMethod.post
        var idName = "client_id"
        var secretName = "client_secret"

        static let members: [DeclarationMember<Client>] = {
            let usual = Client()
            return [
                .init(
                    "authMethod", \.authMethod, of: usual,
                    """
                    How: HTTP Basic, a form, the query, a JSON body, or not at all. In a query, the secret may end up in \
                    the upstream's logs.
                    """
                ),
                .init("idName", \.idName, of: usual, "What the upstream calls the client's id in its parameters."),
                .init("secretName", \.secretName, of: usual, "What it calls the client's secret there."),
            ]
        }()
    }

    /// Where and how the browser is sent to the upstream.
    struct Authorization: DeclarationPart {
        var url: AddressTemplate = "https://{host}/oauth/authorize"
        var scopes: [String] = []
        var scopeName = "scope"
        var scopeSeparator = " "
        var parameters: [String: String] = [:]
        var issuers: [AddressTemplate] = []
        var codeNames = ["code"]
        var carriedParameters: [String] = []
        var cancellationCodes: [String] = []

        static let members: [DeclarationMember<Authorization>] = {
            let usual = Authorization()
            return [
                .init("url", \.url, of: usual, isRequired: true, "The authorization endpoint."),
                .init("scopes", \.scopes, of: usual, "The scopes to ask for, unless the setting scopes names others."),
                .init("scopeName", \.scopeName, of: usual, "The parameter's name for the scopes."),
                .init("scopeSeparator", \.scopeSeparator, of: usual, "What stands between two scopes."),
                .init("parameters", \.parameters, of: usual, "Further parameters."),
                .init(
                    "issuers", \.issuers, of: usual,
                    """
                    What the upstream may call itself in iss when the browser comes back (RFC 9207), besides the issuer. Any \
                    other name is refused.
                    """
                ),
                .init(
                    "codeNames", \.codeNames, of: usual,
                    "The names of the parameters in which the code may come back."),
                .init(
                    "carriedParameters", \.carriedParameters, of: usual,
                    """
                    Parameters that come back beside the code, and belong into the request that redeems it, under the \
                    same names.
                    """
                ),
                .init(
                    "cancellationCodes", \.cancellationCodes, of: usual,
                    "The values of error besides access_denied with which it says that the user did not agree."),
            ]
        }()

        var fault: (key: String, message: String)? {
            if scopes.contains(where: { !ClientText.isScope($0) || $0.contains(scopeSeparator) }) {
                return (
                    "scopes", "scopes has an element with white space, a quote, a backslash or scopeSeparator in it."
                )
            }
            if scopeSeparator.isEmpty { return ("scopeSeparator", "scopeSeparator is empty.") }
            return codeNames.isEmpty ? ("codeNames", "codeNames is empty.") : nil
        }
    }
}

/// How a client authenticates when it redeems a code.
public enum ClientMethod: String, Sendable, CaseIterable, Decodable, DeclarationWord {
    /// With HTTP Basic (RFC 6749 §2.3.1).
    case basic = "client_secret_basic"
    /// With id and secret in a form.
    case post = "client_secret_post"
    /// With id and secret in the query, where they may end up in the upstream's logs.
    case query
    /// With id and secret in a JSON body, in which everything else is sent as well.
    case json
    /// Not at all: a public client, with its id in the form.
    case none
}
