import BrokerConfiguration
import BrokerSQLite
import BrokerTesting
import Foundation
import IdentityBroker
import WXAppProvider

/// A folder with a configuration file for one provider, a store and a client. It is removed with the value.
struct ServiceFolder: ~Copyable {
    static let accepted =
        #"{"code":200,"data":{"_id":"5e57540f84622ae263294a42","userPoolId":"5e4cdd055df3df65dc58b97d"}}"#

    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "broker-service-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path()
    }

    deinit {
        // If it cannot be removed, it stays in the system's temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes the configuration file, and returns it.
    func file(
        at upstream: FakeUpstream,
        store: String = "{ kind: sqlite, path: broker.sqlite }",
        settings: String = "",
        providers: String = "",
        clients: String = "",
        key: String = "0123456789abcdef0123456789abcdef"
    ) throws -> ConfigurationFile {
        let text = """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings:
                  userPoolId: 5e4cdd055df3df65dc58b97d
                  secret: { literal: example }
                  baseURL: \(upstream.baseURL)
                  \(settings)
                network: { caFile: \(upstream.caFile), allowAddresses: [127.0.0.0/8] }
              \(providers)
            stores: \(store)
            server:
              issuer: http://127.0.0.1:8080
              listen: 127.0.0.1:0
              keyEncryptionKey: { literal: \(key) }
              limits: { drainDelay: 0s }
            clients:
              notes: { secret: { literal: 0123456789abcdef }, audiences: [https://notes.example.com] }
              \(clients)

            """
        try Data(text.utf8).write(to: URL(filePath: "\(path)/broker.yaml"))
        return ConfigurationFile(
            "\(path)/broker.yaml",
            providers: try ProviderRegistry([WXAppProvider.self]),
            stores: try StoreRegistry([.sqlite, .memory])
        )
    }
}
