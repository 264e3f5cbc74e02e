import BrokerConfiguration
import FuzzSupport

/// What the configuration reader guarantees for every file.
enum ConfigurationProperties {
    static func check(_ yaml: [UInt8]) {
        let reading = Reading(yaml)
        switch reading.outcome {
        case .success(let configuration):
            ConfiguredProperties.check(configuration, readFrom: yaml)
        case .failure(let error):
            ProblemProperties.check(error, in: yaml)
        }
        checkSpelling(yaml, reading)
    }

    /// What editors change in a file by themselves makes no difference.
    private static func checkSpelling(_ yaml: [UInt8], _ reading: Reading) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if !yaml.starts(with: mark) {
            property("A byte order mark changes nothing", holds: Reading(mark + yaml) == reading)
        }
        if !yaml.contains(UInt8(ascii: "\r")) {
            let lines = yaml.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            property("Line ends of another system change nothing", holds: Reading(lines.joined(by: "\r\n")) == reading)
        }
    }
}

extension [ArraySlice<UInt8>] {
    fileprivate func joined(by separator: String) -> [UInt8] {
        [UInt8](joined(separator: separator.utf8))
    }
}
