import IdentityBroker
import JOSE
import Testing

@Suite("New keys of a provider")
struct KeyRotationTests {
    /// Publishes the first key, and from the second request on the other one.
    ///
    /// - Parameter isRenamed: Whether the other one has another name.
    private static func rotating(named id: String?, isRenamed: Bool = true) -> Behavior {
        let count = Locked(0)
        var behavior = Behavior()
        behavior.key = TestKeys.otherEC
        behavior.keyID = id
        behavior.keySet = {
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            let key = isFirst ? TestKeys.ec : TestKeys.otherEC
            return try TestKeys.published(key.get(), as: id.map { isFirst && isRenamed ? "key-0" : $0 })
        }
        return behavior
    }

    @Test("are fetched when a token names one: oidcc-client-test-signing-key-rotation", arguments: ["key-1", nil])
    func rotation(id: String?) async throws {
        var scenario = Scenario()
        scenario.behavior = Self.rotating(named: id)
        try await scenario.run { desk in
            let identity = try await desk.login(
                withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            #expect(identity.subject == "person-1")
            #expect(desk.count(of: "/keys") == 2)
        }
    }

    @Test("are fetched when a signature does not verify: some replace a key under its old name")
    func replacement() async throws {
        var scenario = Scenario()
        scenario.behavior = Self.rotating(named: "key-1", isRenamed: false)
        try await scenario.run { desk in
            let identity = try await desk.login(
                withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            #expect(identity.subject == "person-1" && desk.count(of: "/keys") == 2)
        }
    }

    @Test(
        "are not fetched again for each of a hundred tokens with unknown keys, or with wrong signatures",
        arguments: ["key-unknown", "key-1"])
    func flood(id: String) async throws {
        let scenario = Scenario {
            $0.key = TestKeys.otherEC
            $0.keyID = id
            $0.keySet = { try TestKeys.published(TestKeys.ec.get(), as: "key-1") }
        }
        try await scenario.run { desk in
            for number in 1...100 {
                let failure = await Scenario.failure {
                    _ = try await desk.login(
                        withNativeTokenFor: "nonce-\(number)-of-an-app", presenting: "nonce-\(number)-of-an-app")
                }
                #expect(failure?.kind == .invalidCredential)
            }
            #expect(desk.count(of: "/keys") == 2)
        }
    }
}
