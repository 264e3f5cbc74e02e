import IdentityBroker

extension Checker {
    /// A file with settings of its own, which a setting names; nil if that names none.
    ///
    /// What is wrong with the file is a problem of the instance alone, as a missing secret is, so that another instance's
    /// kill switch works all the same. The file of a disabled instance is not read.
    mutating func checkDocument(
        _ node: SourceNode,
        of settings: [Setting],
        at path: SettingPath
    ) -> CheckedValue? {
        guard case .text(let name)? = checkScalar(node, as: .path, at: path) else { return nil }
        let empty = CheckedValue(content: .object([:]), position: node.position, file: name)
        func broken(_ problems: [ConfigurationProblem]) -> CheckedValue {
            var value = empty
            value.problems = problems
            return value
        }
        func broken(_ fault: SourceFault, in file: String, at position: SourcePosition?) -> CheckedValue {
            broken([
                ConfigurationProblem(
                    kind: fault.kind, file: file, position: position, keyPath: path.text, message: fault.message)
            ])
        }
        guard !disabledPaths.contains(where: path.text.hasPrefix) else {
            var value = empty
            value.isRead = false
            return value
        }
        let bytes: [UInt8]
        do {
            bytes = try SourceText.bytes(ofFileAt: name, named: "The file \(name)")
        } catch {
            // A mistake in the configuration that names it.
            return broken(error, in: file, at: node.position)
        }
        let root: SourceNode
        do {
            root = try YAMLReader(bytes).read(orIfEmpty: "The file is empty.")
        } catch {
            return broken(error, in: name, at: error.position)
        }
        var checker = Checker(file: name, baseDirectory: Configuration.directory(of: name))
        let members = checker.checkObject(root, of: settings, at: path)
        guard let members, checker.problems.isEmpty else { return broken(checker.problems.inFileOrder) }
        return CheckedValue(content: .object(members), position: root.position, file: name)
    }
}
