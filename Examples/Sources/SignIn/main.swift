import CurlTransport
import Foundation
import IdentityBroker
import OpenIDConnectProvider

// Signs a user in at an OpenID provider by redirect, and says where they sign out again. A web app does the same in two
// requests, and keeps the flow in the browser's session meanwhile. Here the user opens the address themselves, and pastes
// the one that the browser was sent back to.
//
//     OP_ISSUER=https://id.example.com OP_CLIENT_ID=… OP_CLIENT_SECRET=… OP_CALLBACK=https://app.example.com/callback SignIn
func setting(_ name: String) throws -> String {
    guard let value = ProcessInfo.processInfo.environment[name] else {
        throw BrokerError(.misconfigured, "Set \(name).")
    }
    return value
}

let work = try ProviderInstance(
    OpenIDConnectProvider.self,
    settings: .init(
        issuer: setting("OP_ISSUER"), clientId: setting("OP_CLIENT_ID"), clientSecret: .environment("OP_CLIENT_SECRET")),
    context: ProviderContext(id: "work"),
    // For a provider on this machine, without TLS. Omit it in production.
    network: NetworkPolicy(egress: EgressPolicy(allowedNetworks: IPNetwork.loopback, allowsInsecureHTTP: true))
)
let transport = try CurlTransport()
let broker = try Broker(providers: [work], transport: transport)

let start = try await broker.beginRedirect("work", returningTo: setting("OP_CALLBACK"))
print(start.url)
// For a program that reads it: a pipe gets what is printed only once it is flushed.
fflush(nil)
// What comes before the question mark is the callback's own address.
let answer = (readLine() ?? "").split(separator: "?", maxSplits: 1).last ?? ""
let identity = try await broker.login("work", with: .callback(String(answer), of: start.flow))
print("\(identity.claims.name ?? "somebody") is \(identity.subject) at \(identity.issuer)")

let logout = try await broker.logoutURL(of: "work", for: LogoutRequest(state: UUID().uuidString))
print(logout ?? "This provider signs no one out.")
await transport.shutdown()
