package import Basics
package import Runs

package struct RunReport {
  package init(directory: RunDirectory, version: String) throws(InputError) {}
  package func write(to: RunDirectory) throws(InputError) {}
  package var json: JSON { .null }
  package func table(width: Int, files: String) -> String { "" }
}
