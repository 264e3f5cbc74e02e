import IdentityBroker
import StrictJSON
import Testing

@Suite("The raw record")
struct RawRecordTests {
    @Test("keeps what the provider does not know")
    func unknown() async throws {
        let identity = try await Scenario(record: ["future": ["a": [1, "b", .null, 1.5]]]).identity()
        #expect(
            identity.record
                == .object(["_id": .string(Scenario.userId), "future": ["a": [1, "b", .null, 1.5]]])
        )
    }

    @Test(
        "has no secrets, however they are spelled and wherever they are",
        arguments: [
            "token", "password", "secret", "session_key", "sessionKey", "accessToken", "access_token", "refresh-token",
            "idToken", "appSecret", "clientSecretKey", "encryptedPassword", "passwordSalt", "salt", "pwd", "jwt",
            "apiKey", "Tokens",
        ]
    )
    func secrets(name: String) async throws {
        let secret: JSON = [name: "canary", "kept": true]
        let identity = try await Scenario(
            record: [
                name: "canary", "nested": [secret], "oauth": try secret.embedded, "metadata": try secret.embedded,
                "other": try JSON.array([try secret.embedded]).embedded,
            ]
        ).identity()
        let record = try #require(identity.record)
        #expect(!record.json.contains("canary"))
        let kept: JSONValue = ["kept": true]
        #expect(
            record
                == .object([
                    "_id": .string(Scenario.userId), "nested": .array([kept]), "oauth": kept, "metadata": kept,
                    "other": .array([kept]),
                ])
        )
    }

    @Test("omits a profile that cannot be searched for secrets")
    func unreadable() async throws {
        let identity = try await Scenario(
            record: ["oauth": #"{"session_key":"canary""#, "nickname": "[John]"]
        ).identity()
        #expect(identity.record == .object(["_id": .string(Scenario.userId), "nickname": "[John]"]))
    }

    @Test("keeps numbers beyond any integer type")
    func numbers() async throws {
        let body = #"{"_id":"\#(Scenario.userId)","a":1e400,"b":12345678901234567890}"#
        let identity = try await Scenario(answer: .text(body)).identity()
        #expect(
            identity.record
                == .object(["_id": .string(Scenario.userId), "a": "1e400", "b": 12_345_678_901_234_567_890.0])
        )
    }
}
