import CurlTransport
import Foundation
import IdentityBroker
import WXAppProvider
import WXAppSandbox

// A local GenAuth. The real one is the default: omit `baseURL` and `network`.
let sandbox = try await GenAuthSandbox.start()
let caFile = FileManager.default.temporaryDirectory.appending(path: "embed-\(UUID().uuidString).pem").path()
try sandbox.writeCACertificate(to: caFile)

let wxapp = try ProviderInstance(
    WXAppProvider.self,
    settings: .init(
        userPoolId: sandbox.configuration.userPoolId,
        secret: .literal(Secret(sandbox.configuration.secret)),  // or .environment("GENAUTH_USER_POOL_SECRET")
        baseURL: sandbox.baseURL
    ),
    context: ProviderContext(id: "wxapp"),
    network: NetworkPolicy(caFile: caFile, egress: EgressPolicy(allowedNetworks: IPNetwork.loopback))
)
let transport = try CurlTransport()
let broker = try Broker(providers: [wxapp], transport: transport)

let identity = try await broker.login("wxapp", with: .ticket(sandbox.mintTicket()))
print("\(identity.claims.name ?? "somebody") is \(identity.subject) at \(identity.issuer)")

await transport.shutdown()
await sandbox.stop()
try FileManager.default.removeItem(atPath: caFile)
