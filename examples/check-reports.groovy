// Every rule is a test of its own, under its id, and the kit's own reports lie where the property says.
def tests = new File(basedir, 'target/surefire-reports/TEST-com.example.filestore.FileStoreTckTest.xml').text
def json = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/tck-reports/com.example.filestore.FileStoreTckTest.json'))
assert json.rules.size() > 500
json.rules.each { assert tests.contains(' ' + it.id + ' ') : it.id + ' is no test in the XML of Surefire' }
['md', 'html'].each { assert new File(basedir, 'target/tck-reports/com.example.filestore.FileStoreTckTest.' + it).text.contains('filestore') }
return true
