import Foundation
import Testing

/// Python with the packages `jsonschema` and `PyYAML`: an independent validator and YAML reader.
enum Python {
    /// Whether this machine has it. Otherwise, tests that need it are skipped.
    static let hasJSONSchema: Bool = {
        (try? run("import jsonschema, yaml; jsonschema.Draft202012Validator", input: [:])) == ""
    }()

    /// Runs a program whose first argument is a directory with these texts as files, and returns what it printed.
    static func run(_ program: String, input files: [String: String]) throws -> String {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appendingPathComponent(name))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-W", "ignore", "-c", program, directory.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: printed, as: UTF8.self)
    }

    struct Failure: Error {
        let status: Int32
    }

    /// The messages of an independent validator for a YAML document under a schema; none for a valid one.
    static func validate(_ yaml: String, against schema: String) throws -> [String] {
        let program = """
            import json, sys, yaml, jsonschema
            schema = json.load(open(sys.argv[1] + "/schema.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            document = yaml.safe_load(open(sys.argv[1] + "/document.yaml", encoding="utf-8"))
            for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
                print(error.json_path)
            """
        return try run(program, input: ["schema.json": schema, "document.yaml": yaml])
            .split(separator: "\n").map(String.init)
    }
}
