import BrokerTokens
import HTTPTypes
import IdentityBroker

/// How a client says who it is, and what it proves that with. It does so in one way (RFC 6749 §2.3).
enum ClientProof: Sendable {
    /// `client_secret_basic`, `client_secret_post` or none, in every possible reading; the first is the standard's.
    case credentials([ClientCredentials])
    /// `private_key_jwt` (RFC 7523 §2.2), with the id beside it; nil if there is none.
    case assertion(String?, Secret)

    /// - Throws: ``OAuthError`` `invalid_request` for more than one way, `invalid_client` for one that is not known.
    init(_ headers: HTTPFields, _ form: RequestForm) throws(OAuthError) {
        let (assertion, type) = (form["client_assertion"], form["client_assertion_type"])
        guard assertion != nil || type != nil else {
            self = .credentials(try ClientCredentials.read(headers, form))
            return
        }
        guard headers[.authorization] == nil, form["client_secret"] == nil else {
            throw OAuthError(.invalidRequest, "The client authenticates in two ways. Use one.")
        }
        guard type == ClientAssertion.type, let assertion else {
            throw OAuthError(
                .invalidClient, "A client_assertion comes with the client_assertion_type \(ClientAssertion.type).")
        }
        self = .assertion(form["client_id"], Secret(assertion))
    }
}
