import BrokerConfiguration
import Foundation
import StrictJSON
import Testing

@Suite("The digest of what runs")
struct ConfigurationDigestTests {
    private static let salt = Data("salt".utf8)

    private static func service(server: String = "") throws -> Configuration {
        try Configuration(
            """
            version: 1
            providers: { p: { type: plain } }
            server: { keyEncryptionKey: { env: KEY }\(server) }
            clients: { app: { secret: { env: SECRET }, audiences: [a] } }
            """
        )
    }

    private static func differences(_ state: ConfigurationState) -> [String] {
        state.configuration.digest(salt: salt).differences(from: state.digest(salt: salt))
    }

    @Test(
        "equals the file's once all of it is applied, including added and removed settings",
        arguments: [
            ", limits: { clientRate: { requests: 9, per: 1s } }", ", limits: { addressRate: { requests: 9, per: 1s } }",
            ", metricsFrom: [10.0.0.0/8]",
        ]
    )
    func takenUp(server: String) throws {
        let (with, without) = (try Self.service(server: server), try Self.service())
        for (started, current) in [(with, without), (without, with)] {
            var state = ConfigurationState(started)
            state.configuration = current
            #expect(Self.differences(state) == [])
        }
    }

    @Test("survives being written, and is read as earlier versions wrote it")
    func writing() throws {
        let digest = try Self.service().digest(salt: Data([0, 255, 63]))
        #expect(digest.members["salt"] == "AP8/")
        #expect(ConfigurationDigest(digest.members) == digest)
        let text = digest.members.json.replacing("/", with: #"\/"#)
        #expect(try JSONReader().read(text.utf8).object.flatMap(ConfigurationDigest.init) == digest)
        let others: [JSONObject] = [
            [:], ["salt": "AP8/"], ["salt": "!", "sections": [:]], ["salt": "AP8/", "sections": ["a": 1]],
        ]
        for other in others {
            #expect(ConfigurationDigest(other) == nil)
        }
    }

    @Test("differs from the file's in additions and removals that wait for a restart")
    func waiting() throws {
        let (with, without) = (try Self.service(server: ", limits: { concurrency: 7 }"), try Self.service())
        for (started, current) in [(with, without), (without, with)] {
            var state = ConfigurationState(started)
            state.configuration = current
            #expect(Self.differences(state) == ["server.limits.concurrency"])
        }
    }
}
