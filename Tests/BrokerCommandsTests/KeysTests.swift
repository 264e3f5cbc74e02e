import Foundation
import LoopbackServer
import Testing

/// `broker keys` while services are running.
@Suite("The signing keys, changed by a command", .timeLimit(.minutes(2)))
struct KeysTests {
    private static let oldKey = "canary-key-encryption-key-58d1f2ab"
    private static let newKey = "canary-another-key-encryption-key!!"

    private func configuration(
        in workspace: borrowing Workspace,
        key: String = "{ env: KEK }",
        store: String = ""
    ) throws -> String {
        let port = try ReservedPort().number
        return try workspace.configuration(
            document: """
                \(store)
                server:
                  listen: 127.0.0.1:\(port)
                  keyEncryptionKey: \(key)
                clients:
                  app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
                """
        )
    }

    private func keys(
        _ arguments: String...,
        at path: String,
        _ variables: [String: String] = ["KEK": KeysTests.oldKey]
    ) async throws -> BrokerProcess.Outcome {
        let outcome = try await BrokerProcess.run(
            ["keys"] + arguments + ["--config", path, "--format", "json"], variables: variables)
        #expect(!outcome.error.contains("canary") && !outcome.output.contains("canary"))
        return outcome
    }

    private func ids(_ keySet: String) throws -> [String] {
        struct Set: Decodable {
            struct Key: Decodable { let kid: String }
            let keys: [Key]
        }
        return try JSONDecoder().decode(Set.self, from: Data(keySet.utf8)).keys.map(\.kid)
    }

    @Test("A withdrawn key is soon out of use in a running service, and the command says who may still trust it")
    func withdrawal() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let (status, _) = try await ServiceProcess.run(path, variables: ["KEK": Self.oldKey]) { service in
            let old = try ids(await service.curl("/oauth2/jwks").body)
            let outcome = try await keys("rotate", "--withdraw", at: path)
            let done = ContinuousClock.now
            #expect(outcome.status == 0)
            #expect(Set(outcome.result?["withdrawn"] as? [String] ?? []) == Set(old))
            #expect(outcome.result?["trusted_elsewhere_seconds"] as? Int == 300)
            while try ids(await service.curl("/oauth2/jwks").body) == old {}
            // Takes two seconds on an idle machine.
            #expect(ContinuousClock.now - done < .seconds(20))
            let new = try ids(await service.curl("/oauth2/jwks").body)
            #expect(new.count == old.count && Set(new).isDisjoint(with: old))
        }
        #expect(status == 0)
    }

    @Test("A rotation reports truthfully when the new keys sign, or that nothing changed")
    func rotation() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let rotated = ["signing", "signing", "waiting", "waiting"]
        let states = [["signing", "signing"], rotated, rotated, ["retired", "retired", "signing", "signing"]]
        var waiting: Set<String?> = []
        for (number, expected) in states.enumerated() {
            let outcome = try await number < 3 ? keys("rotate", at: path) : keys("rotate", "--immediately", at: path)
            #expect(outcome.status == 0)
            #expect(outcome.result?["rotated"] as? Bool == (number != 2))
            let shown = outcome.result?["keys"] as? [[String: String]]
            #expect(shown?.compactMap { $0["state"] }.sorted() == expected)
            #expect(Set((shown ?? []).map { $0["algorithm"] }) == ["ES256", "RS256"])
            func ids(in state: String) -> Set<String?> {
                Set((shown ?? []).filter { $0["state"] == state }.map { $0["id"] })
            }
            // The published keys are those that finally sign.
            if number == 3 { #expect(ids(in: "signing") == waiting) }
            waiting = ids(in: "waiting")
        }
    }

    @Test("In text, too, an immediate rotation says which key signs, and whether others can know it")
    func rotationInWords() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        func rotate(_ options: String...) async throws -> String {
            let outcome = try await BrokerProcess.run(
                ["keys", "rotate", "--config", path] + options, variables: ["KEK": Self.oldKey])
            #expect(outcome.status == 0)
            return outcome.output
        }
        _ = try await rotate()
        _ = try await rotate()
        #expect(try await rotate("--immediately").contains("The keys that were published to sign next sign now: "))
        #expect(try await rotate("--immediately").hasPrefix("New keys sign now: "))
    }

    @Test("If a service has the keys in memory, no change is reported", arguments: ["rotate", "reseal"])
    func memory(command: String) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, store: "stores: { kind: memory }")
        let options = command == "reseal" ? ["--old", "env:KEK", "--new", "env:KEK"] : []
        let outcome = try await BrokerProcess.run(
            ["keys", command, "--config", path, "--format", "json"] + options,
            variables: ["KEK": Self.oldKey])
        #expect(outcome.status == 78 && outcome.output.isEmpty)
        #expect((outcome.failure?["message"] as? String)?.contains("Nothing was changed") == true)
    }

    @Test("Re-encrypted while a service runs, the keys stay the same, and the service follows")
    func resealing() async throws {
        let workspace = try Workspace()
        let (old, new) = (
            try workspace.write(Self.oldKey + "\n", to: "kek"), try workspace.write(Self.newKey + "\n", to: "kek-2")
        )
        let path = try configuration(in: workspace, key: "{ file: \(old) }")
        let (status, _) = try await ServiceProcess.run(path) { service in
            let known = try await service.curl("/oauth2/jwks").body
            let outcome = try await keys("reseal", "--old", "file:\(old)", "--new", "file:\(new)", at: path)
            #expect(outcome.status == 0)
            #expect(outcome.result?["resealed"] as? Bool == true && outcome.result?["configured"] as? Bool == false)
            let again = try await keys("reseal", "--old", "file:\(old)", "--new", "file:\(new)", at: path)
            #expect(again.status == 0 && again.result?["resealed"] as? Bool == false)
            let refused = try await keys("rotate", at: path)
            #expect(refused.status == 78, "the configuration still has the old key")
            #expect(try await service.curl("/health/ready").status == 200)
            #expect(try await service.curl("/oauth2/jwks").body == known)

            // Replacing the old key with the new one is enough for the service to follow.
            try FileManager.default.removeItem(atPath: old)
            try FileManager.default.copyItem(atPath: new, toPath: old)
            #expect(try await keys("rotate", at: path).status == 0)
            while try ids(await service.curl("/oauth2/jwks").body).count <= ids(known).count {}
        }
        #expect(status == 0)
    }

    @Test(
        "A key is passed by reference, and never on the command line",
        arguments: [
            ["--old", "env:KEK"], ["--old", "KEK", "--new", "env:KEK"], ["--old", "env:", "--new", "file:x"],
        ]
    )
    func usage(options: [String]) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let outcome = try await BrokerProcess.run(
            ["keys", "reseal", "--config", path] + options, variables: [:])
        #expect(outcome.status == 64)
    }
}
