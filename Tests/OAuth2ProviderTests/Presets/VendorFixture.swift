import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers
import OAuth2Provider
import StrictJSON

/// Plays the upstream of a preset for the conformance kit.
final class VendorFixture: ProviderFixture {
    typealias Provider = OAuth2Provider

    static let clientId = "client-of-the-kit"
    static let clientSecret = "canary-Qm4tRz8LwX2cNv6p"

    private let vendor: Vendor
    private let requests = NIOLockedValueBox<[String: [String: String]]>([:])

    let secrets: [String: String]
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "A record has no word for it: who is not let in gets no code.",
        .addressees: "A token names no client: it comes from the upstream itself, for the code alone.",
    ]

    init(_ vendor: Vendor) {
        self.vendor = vendor
        if case .publicForm = vendor.client { secrets = [:] } else { secrets = ["VENDOR_SECRET": Self.clientSecret] }
    }

    var kind: ProviderKind { vendor.preset.kind }
    var requestsPerLogin: Int { vendor.emails == nil ? 2 : 3 }
    var refusals: [UpstreamRefusal] { vendor.refusals }

    func settings(upstream baseURL: String) -> String {
        var lines = ["clientId: \(Self.clientId)"]
        if !secrets.isEmpty { lines.append("clientSecret: { env: VENDOR_SECRET }") }
        // The same users, so the same issuer.
        if let issuer = vendor.preset.declaration.members["issuer"]?.string { lines.append("issuer: \(issuer)") }
        lines += [
            "endpoints:", "  authorization: \(baseURL)/authorize", "  token: \(baseURL)/token",
            "  userInfo: \(baseURL)/profile",
        ]
        if vendor.emails != nil { lines += ["  emails: \(baseURL)/emails", "emails: always"] }
        return lines.joined(separator: "\n")
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let request = FormText.query(of: start.url)
        requests.withLockedValue { $0[person.tag] = request }
        let answer = vendor.callback.merging(["code": "code-\(person.tag)", "state": request["state"] ?? ""]) { $1 }
        return .callback(answer.map { "\($0)=\(FormText.encode($1))" }.joined(separator: "&"), of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        // A whole number is as good an id as a text, and these upstreams bind a code to nothing in their answers.
        let id: JSONValue?
        switch variant {
        case .correct: id = vendor.id(person)
        case .identifier(.number): return nil
        case .identifier(.contradicting) where !(vendor.idIsInTokens && vendor.idIsInProfile): return nil
        case .identifier(let fault): id = fault.json.flatMap { try? JSONReader().read($0.utf8) }
        default: return nil
        }
        let path = request.target.prefix { $0 != "?" }
        guard let query = FormText.unique(request.target.drop { $0 != "?" }.dropFirst()),
            let form = FormText.unique(request.bodyText)
        else { return nil }
        switch path {
        case "/token":
            guard isRight(request, query, form, for: person) else {
                return .json(["error": "invalid_grant"], status: 400)
            }
            let own = vendor.id(person)
            return .json(vendor.tokens("access-\(person.tag)", vendor.idIsInProfile ? own : id ?? .null))
        case "/profile":
            guard bearsToken(request, query, form, of: person), request.method == vendor.profileMethod,
                Self.has(vendor.profileParameters, in: query.merging(form) { $1 }),
                vendor.proofName.map({ query[$0] == Self.proof(of: "access-\(person.tag)") }) ?? true
            else { return .json(["message": "unauthorized"], status: 401) }
            return .json(vendor.profile(person, vendor.idIsInProfile ? id : nil))
        case "/emails":
            guard bearsToken(request, query, form, of: person) else { return nil }
            return vendor.emails.map { .json($0(person)) }
        default:
            return nil
        }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        ExpectedIdentity(
            subject: vendor.subject(person), claims: vendor.claims(person), attributes: vendor.attributes, notices: [])
    }

    /// Whether the request that redeems a code is the one that the vendor documents, after the right request for the
    /// browser.
    private func isRight(
        _ request: ReceivedRequest,
        _ query: [String: String],
        _ form: [String: String],
        for person: Person
    ) -> Bool {
        guard let begun = requests.withLockedValue({ $0[person.tag] }) else { return false }
        let basic = Data("\(Self.clientId):\(Self.clientSecret)".utf8).base64EncodedString()
        var parameters = form
        let isAuthenticated: Bool
        switch vendor.client {
        case .basic:
            isAuthenticated = request.values(of: "Authorization") == ["Basic \(basic)"]
        case .form(let id):
            isAuthenticated = form[id] == Self.clientId && form["client_secret"] == Self.clientSecret && query.isEmpty
        case .query(let id):
            parameters = query
            isAuthenticated =
                query[id] == Self.clientId && query["client_secret"] == Self.clientSecret && form.isEmpty
                && request.method == "GET"
        case .publicForm:
            isAuthenticated = form["client_id"] == Self.clientId && form["client_secret"] == nil
        }
        let challenge = parameters["code_verifier"].map { Data(SHA256.hash(data: Data($0.utf8))).base64URLText }
        return isAuthenticated && parameters["code"] == "code-\(person.tag)"
            && parameters["grant_type"] == "authorization_code" && parameters["redirect_uri"] == begun["redirect_uri"]
            && challenge == begun["code_challenge"] && (challenge != nil) == vendor.usesPKCE
            && begun["response_type"] == "code" && Self.has(vendor.authorization, in: begun)
            && Self.has(vendor.tokenParameters, in: parameters)
            && (vendor.tokenParameters["state"] == nil || parameters["state"] == begun["state"])
    }

    private func bearsToken(
        _ request: ReceivedRequest,
        _ query: [String: String],
        _ form: [String: String],
        of person: Person
    ) -> Bool {
        let token = "access-\(person.tag)"
        let found = (request.values(of: "Authorization").first, query["access_token"], form["access_token"])
        switch vendor.token {
        case .header(let scheme): return found == ("\(scheme) \(token)", nil, nil)
        case .query: return found == (nil, token, nil)
        case .form: return found == (nil, nil, token)
        }
    }

    /// The proof that the client has a token: Facebook's `appsecret_proof`.
    private static func proof(of token: String) -> String {
        let key = SymmetricKey(data: Data(clientSecret.utf8))
        return HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: key)
            .map { String(format: "%02x", $0) }.joined()
    }

    private static func has(_ wanted: [String: String], in parameters: [String: String]) -> Bool {
        wanted.allSatisfy { name, value in
            value == "*" ? parameters[name]?.isEmpty == false : parameters[name] == value
        }
    }
}

extension Data {
    fileprivate var base64URLText: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
